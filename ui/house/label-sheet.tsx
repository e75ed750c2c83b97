import { useId, useState } from 'react'
import type { BenchView } from '../../agent/protocol/bench.ts'
import type { ItemView } from '../../agent/protocol/items.ts'
import { Disclosure } from '../kit/disclosure.tsx'
import { Icon } from '../kit/icon.tsx'
import { useLab } from '../use-lab.ts'
import { SheetPreview } from './sheet-preview.tsx'

type Sheet = BenchView['sheets'][number]
type Recorded = ItemView & { tag: string }

/** Labels of recorded items on a page of blank labels, for people with an office printer. */
export function LabelSheet({ items }: { items: ItemView[] }) {
  const sheets = useLab((lab) => lab.bench?.sheets)
  const recorded = items.filter((item): item is Recorded => item.record !== null && item.tag !== null)
  const [sheet] = sheets ?? []
  if (items.length === 0 || !sheets || !sheet) return null
  return (
    <section className="panel-section" aria-label="Label sheet">
      <Disclosure summary="Labels on a sheet, as PDF">
        {recorded.length === 0 ? (
          <p className="panel-empty label-sheet">
            No item has a record yet. Confirm one, and its label can go on a sheet.
          </p>
        ) : (
          <SheetForm recorded={recorded} sheets={sheets} first={sheet} />
        )}
      </Disclosure>
    </section>
  )
}

function SheetForm({ recorded, sheets, first }: { recorded: Recorded[]; sheets: Sheet[]; first: Sheet }) {
  const [unchosen, setUnchosen] = useState<ReadonlySet<string>>(new Set())
  const [sheetId, setSheetId] = useState(first.id)
  const [skipWish, setSkipWish] = useState('')
  const sheetLabel = useId()
  const sheet = sheets.find((one) => one.id === sheetId) ?? first
  const mostSkipped = sheet.columns * sheet.rows - 1
  const skip = Math.min(mostSkipped, Math.max(0, Math.floor(Number(skipWish)) || 0))
  const tags = recorded.map(({ tag }) => tag).filter((tag) => !unchosen.has(tag))
  const query = new URLSearchParams({ tags: tags.join(','), sheet: sheet.id, skip: String(skip) })
  return (
    <div className="label-sheet">
      <ItemChoice recorded={recorded} unchosen={unchosen} onChange={setUnchosen} />
      <div className="label-sheet-field">
        <label htmlFor={sheetLabel}>Sheet</label>
        <select
          id={sheetLabel}
          className="field-input"
          value={sheet.id}
          onChange={(event) => setSheetId(event.currentTarget.value)}
        >
          {sheets.map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.words} (such as ${one.products})`}
            </option>
          ))}
        </select>
      </div>
      <label className="label-sheet-skip">
        <span>Skip the first</span>
        <input
          className="field-input"
          type="number"
          inputMode="numeric"
          min={0}
          max={mostSkipped}
          placeholder="0"
          value={skipWish}
          onChange={(event) => setSkipWish(event.currentTarget.value)}
          onBlur={() => setSkipWish(skip === 0 ? '' : String(skip))}
        />
        <span>labels</span>
      </label>
      <SheetPreview sheet={sheet} skip={skip} count={tags.length} />
      {tags.length === 0 ? (
        <p className="panel-note">Choose at least one item.</p>
      ) : (
        <div className="actions">
          <a className="button" href={`/labels/sheet.pdf?${query}`} target="_blank" rel="noopener">
            <Icon name="print" />
            <span>Open the PDF</span>
          </a>
        </div>
      )}
    </div>
  )
}

function ItemChoice({
  recorded,
  unchosen,
  onChange,
}: {
  recorded: Recorded[]
  unchosen: ReadonlySet<string>
  onChange(unchosen: ReadonlySet<string>): void
}) {
  const isAll = recorded.every(({ tag }) => !unchosen.has(tag))
  const isNone = recorded.every(({ tag }) => unchosen.has(tag))
  const choose = (tag: string, chosen: boolean) => {
    const next = new Set(unchosen)
    if (chosen) next.delete(tag)
    else next.add(tag)
    onChange(next)
  }
  return (
    <fieldset className="label-sheet-items">
      <legend>Items</legend>
      <label className="step-toggle">
        <input
          type="checkbox"
          checked={isAll}
          ref={(box) => {
            if (box) box.indeterminate = !isAll && !isNone
          }}
          onChange={() => onChange(new Set(isAll ? recorded.map(({ tag }) => tag) : []))}
        />
        <span>{`All ${recorded.length}`}</span>
      </label>
      <ul>
        {recorded.map(({ tag, title }) => (
          <li key={tag}>
            <label className="step-toggle">
              <input
                type="checkbox"
                checked={!unchosen.has(tag)}
                onChange={(event) => choose(tag, event.currentTarget.checked)}
              />
              <span>
                <span className="mono">{tag}</span> {title}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
