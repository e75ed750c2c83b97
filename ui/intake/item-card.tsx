import { useState } from 'react'
import type { ItemView } from '../../agent/protocol/items.ts'
import { Badge } from '../kit/badge.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Status } from '../kit/status.tsx'
import { AddPhoto } from './add-photo.tsx'
import { Duplicates } from './duplicates.tsx'
import { FieldList } from './field-list.tsx'
import { isCertainDuplicate, isFirstReading, isSettled, itemLook } from './item-look.ts'
import { Outcome } from './outcome.tsx'
import { Photos } from './photos.tsx'
import { Proposal } from './proposal.tsx'
import { RecordActions, RecordEdit } from './record-edit.tsx'
import { Stages } from './stages.tsx'

interface ItemCardFacts {
  item: ItemView
  /** Open beside the chat, where the same card may stand in the conversation. */
  isBeside?: boolean
}

/** One thing on its way into the inventory, from photo to record and label. */
export function ItemCard({ item, isBeside = false }: ItemCardFacts) {
  const look = itemLook(item)
  const saidElsewhere = isFirstReading(item) || isCertainDuplicate(item)
  return (
    <section
      className={`card card-${look}`}
      id={isBeside ? undefined : `item-${item.id}`}
      tabIndex={-1}
      aria-label={`${isBeside ? 'Item' : 'Intake'}: ${item.title}`}
    >
      <header className="card-head">
        <div className="card-title">
          <h2>{item.title}</h2>
          {item.tag && <span className="mono card-tag">{item.tag}</span>}
          {item.sample && <Badge>Sample</Badge>}
        </div>
        <Status tone={item.tone}>{item.stateWords}</Status>
      </header>
      <p className="sr-only" role="status">{`${item.title}: ${item.stateWords}`}</p>
      <div className="card-body">
        <RecordEdit item={item} />
        <Outcome item={item} />
        {item.record ? (
          <Disclosure summary="What was read, and where">
            <div className="was-read">
              <ReadThings item={item} />
            </div>
          </Disclosure>
        ) : (
          <ReadThings item={item} />
        )}
        {item.nextAction !== '' && !saidElsewhere && (
          <div className="next-action">
            <p>
              <span className="next-action-word">Next</span> {item.nextAction}
            </p>
            {!isSettled(item) && <AddPhoto itemId={item.id} />}
          </div>
        )}
        <Proposal item={item} />
        <RecordActions item={item} />
      </div>
    </section>
  )
}

function ReadThings({ item }: { item: ItemView }) {
  const [lookedAt, setLookedAt] = useState<string | null>(null)
  const readAlready = item.fields.length > 0 && !isFirstReading(item)
  return (
    <>
      {readAlready && <Stages stages={item.stages} />}
      {item.record === null && <Duplicates duplicates={item.duplicates} />}
      <div className="reading">
        <Photos item={item} lookedAt={lookedAt} />
        {readAlready ? <FieldList item={item} onLookAt={setLookedAt} /> : <Stages stages={item.stages} />}
      </div>
    </>
  )
}
