import type { ItemView } from '../../agent/protocol/items.ts'
import { ChangeDecision } from '../cards/change-decision.tsx'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { isCertainDuplicate, itemLook } from './item-look.ts'
import { LabelPreview } from './label-preview.tsx'

/** From values to a decision: ask for the change request, then decide it, then see how it went. */
export function Proposal({ item }: { item: ItemView }) {
  const { busy, refusal, ask } = useAsking()
  const look = itemLook(item)
  const change = item.change
  if (item.record !== null || (look === 'working' && !change)) return null
  const canAsk = look === 'waiting' || look === 'expired' || look === 'failed'
  const open = change?.state === 'proposed'
  const hasValue = item.fields.some((field) => field.value !== null && field.evidence.length > 0)
  const owned = isCertainDuplicate(item)
  return (
    <div className="proposal">
      {change && <ChangeDecision change={change} item={item} preview={<LabelPreview item={item} />} />}
      {canAsk && !open && (
        <div className={`actions ${owned ? 'actions-reversed' : ''}`}>
          <Button
            look={owned ? 'quiet' : change ? 'plain' : 'primary'}
            disabled={busy || !hasValue}
            onClick={() => ask('item-propose', { itemId: item.id })}
          >
            {change ? 'Propose it again' : 'Propose the record'}
          </Button>
          <Button
            look={owned ? 'plain' : 'quiet'}
            disabled={busy}
            onClick={() => ask('item-discard', { itemId: item.id })}
          >
            Discard this draft
          </Button>
        </div>
      )}
      <Refusal why={refusal} />
    </div>
  )
}
