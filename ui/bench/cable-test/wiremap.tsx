import { useState } from 'react'
import type { DrawnContact, WiremapDrawing } from '../../../agent/protocol/cable-tests.ts'
import { Choice } from './choice.tsx'
import { type TiaStandard, wireColour } from './tia-568.ts'

const rowHigh = 22
const jointIn = 12
/** Of the drawing, in its own units: signal names need more room than colours. */
const forColours = { width: 300, wireFrom: 104, wireUntil: 188, farX: 196 }
const forSignals = { width: 340, wireFrom: 152, wireUntil: 236, farX: 244 }
type Layout = typeof forColours

/** A wiremap: near end on the left, far end on the right; every fault is a shape and a word, the colours only help. */
export function Wiremap({ drawing: { plug, contacts } }: { drawing: WiremapDrawing }) {
  const [standard, setStandard] = useState<TiaStandard>('T568B')
  const isTia = plug === 'RJ45'
  const layout = isTia ? forColours : forSignals
  const high = (contacts.length + 1) * rowHigh
  const jointX = layout.wireFrom + jointIn
  return (
    <figure className="wiremap">
      <svg viewBox={`0 0 ${layout.width} ${high}`} role="img" aria-label={inWords(contacts)}>
        <text x={0} y={14} className="wiremap-head">
          Near end
        </text>
        <text x={layout.farX} y={14} className="wiremap-head">
          Far end
        </text>
        {contacts.map((contact, at) => (
          <Row
            key={contact.near}
            contact={contact}
            layout={layout}
            y={rowY(at)}
            targets={targetsOf(contact, contacts).map(rowY)}
            colour={isTia ? wireColour(contact.near, standard) : null}
          />
        ))}
        {jointsOf(contacts).map(([from, until]) => (
          <path key={from} className="wiremap-joint" d={`M${jointX} ${rowY(from)}V${rowY(until)}`} />
        ))}
      </svg>
      {isTia && (
        <figcaption>
          <Choice
            label="Drawn as"
            value={standard}
            onChoose={(id) => setStandard(id === 'T568A' ? 'T568A' : 'T568B')}
            options={[
              { id: 'T568B', words: 'T568B' },
              { id: 'T568A', words: 'T568A' },
            ]}
          />
          <p className="panel-note">A tester cannot tell A from B: look at the colours in the plug.</p>
        </figcaption>
      )}
    </figure>
  )
}

function rowY(at: number): number {
  return (at + 1.5) * rowHigh
}

interface RowFacts {
  contact: DrawnContact
  layout: Layout
  y: number
  targets: number[]
  colour: ReturnType<typeof wireColour>
}

function Row({ contact, layout, y, targets, colour }: RowFacts) {
  const { width, wireFrom, wireUntil, farX } = layout
  const { near, signal, expected, state } = contact
  const isWrong = state === 'wrong' || state === 'open'
  const label = near === 'S' ? 'Shield' : [near, signal ?? colour?.words].filter(Boolean).join(' ')
  return (
    <g>
      <text x={0} y={y + 4}>
        {label}
      </text>
      <text x={farX} y={y + 4}>
        {near === 'S' ? 'Shield' : farWords(near, expected)}
      </text>
      {targets.map((targetY) => (
        <Wire
          key={targetY}
          d={`M${wireFrom} ${y}L${wireUntil} ${targetY}`}
          colour={colour}
          isWrong={state === 'wrong'}
        />
      ))}
      {state === 'open' && <path className="wiremap-open" d={`M${wireFrom} ${y}h30m-4-5 8 10m0-10-8 10`} />}
      {state === 'not-tested' && <path className="wiremap-untested" d={`M${wireFrom} ${y}H${wireUntil}`} />}
      {contact.joined.length > 0 && <circle className="wiremap-dot" cx={wireFrom + jointIn} cy={y} r={3.5} />}
      <text x={width} y={y + 4} className={isWrong ? 'wiremap-fault' : 'wiremap-words'} textAnchor="end">
        {stateWords(contact)}
      </text>
    </g>
  )
}

/** The far contact, or one of a net that is joined by design. */
function farWords(near: string, expected: readonly string[]): string {
  return expected.length < 2 || expected.includes(near)
    ? (expected.find((far) => far === near) ?? expected.join())
    : `${expected[0]}…`
}

function Wire({ d, colour, isWrong }: { d: string; colour: RowFacts['colour']; isWrong: boolean }) {
  if (!colour) return <path className={isWrong ? 'wiremap-wrong' : 'wiremap-wire'} d={d} />
  return (
    <>
      <path className="wiremap-edge" d={d} />
      <path className={`wiremap-colour wiremap-${colour.base}`} d={d} />
      {colour.isStriped && <path className="wiremap-stripe" d={d} />}
    </>
  )
}

/** Rows at whose far end the contact arrives; a contact that stands for a whole net arrives at its own row. */
function targetsOf(contact: DrawnContact, contacts: readonly DrawnContact[]): number[] {
  if (contact.state === 'right') return [contacts.indexOf(contact)]
  const rows = (contact.reaches ?? []).map((far) => {
    const own = contacts.findIndex(({ near, expected }) => near === far && expected.includes(far))
    return own === -1 ? contacts.findIndex(({ expected }) => expected.includes(far)) : own
  })
  return [...new Set(rows.filter((row) => row !== -1))]
}

/** Joined contacts, as the first and the last row of each group. */
function jointsOf(contacts: readonly DrawnContact[]): [number, number][] {
  const rows = contacts.flatMap(({ near, joined }, at) => {
    if (joined.length === 0) return []
    const others = joined.map((other) => contacts.findIndex((one) => one.near === other))
    const all = [at, ...others.filter((row) => row !== -1)]
    const isFirst = Math.min(...all) === at && joined.every((other) => other !== near)
    return isFirst ? [[at, Math.max(...all)] satisfies [number, number]] : []
  })
  return rows
}

function stateWords({ state, reaches, joined }: DrawnContact): string {
  if (joined.length > 0) return `short: ${joined.join(' ')}`
  if (state === 'wrong') return `to ${reaches?.join(' ') ?? ''}`
  return { right: '', open: 'open', 'left-open': 'left open', 'not-tested': 'not tested' }[state]
}

function inWords(contacts: readonly DrawnContact[]): string {
  const told = contacts.filter(({ state }) => state !== 'right')
  if (told.length === 0) return 'Wiremap: every contact reaches its own.'
  return `Wiremap: ${told.map((contact) => `${contact.near} ${stateWords(contact)}`).join(', ')}.`
}
