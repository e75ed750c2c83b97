import { type ReactNode, useId } from 'react'
import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ItemView } from '../../agent/protocol/items.ts'
import { Icon } from '../kit/icon.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

interface ChoiceFacts {
  change: ChangeView
  item: ItemView | null
  leaveOut: number[]
  onLeaveOut(leaveOut: number[]): void
  preview: ReactNode
}

/** What will be done, in order; optional steps can be switched off, a print goes to a chosen printer. */
export function StepChoice({ change, item, leaveOut, onLeaveOut, preview }: ChoiceFacts) {
  const isMany = change.steps.filter((step) => step.waitsFor === null).length > 1
  const prints = change.steps.some((step) => isPrint(step.kind) && !leaveOut.includes(step.position))
  return (
    <div className="step-choice">
      <ol className="steps" aria-label="What will be done">
        {change.steps.map((step) => (
          <li key={step.position} className={isMany && step.waitsFor !== null ? 'step step-part' : 'step'}>
            {step.optional && change.steps.length > 1 ? (
              <label className="step-toggle">
                <input
                  type="checkbox"
                  checked={!leaveOut.includes(step.position)}
                  onChange={(event) =>
                    onLeaveOut(
                      event.currentTarget.checked
                        ? leaveOut.filter(
                            (position) => position !== step.position && position !== step.waitsFor,
                          )
                        : [...new Set([...leaveOut, step.position, ...waitingFor(change, step.position)])],
                    )
                  }
                />
                <span>{step.title}</span>
              </label>
            ) : (
              <span className="step-fixed">
                <Icon name="check" />
                {step.title}
              </span>
            )}
            {item && isPrint(step.kind) && prints && <PrinterChoice item={item} />}
          </li>
        ))}
      </ol>
      {prints && preview}
    </div>
  )
}

/** What cannot be done without this step; a step that is wanted again brings back the one that it waits for. */
function waitingFor({ steps }: ChangeView, position: number): number[] {
  return steps.filter((step) => step.waitsFor === position).map((step) => step.position)
}

export function isPrint(kind: string): boolean {
  return kind.startsWith('devices.print')
}

function PrinterChoice({ item }: { item: ItemView }) {
  const bench = useLab((lab) => lab.bench)
  const printers = bench?.printers.filter((printer) => printer.usable)
  const { busy, refusal, ask } = useAsking()
  const id = useId()
  if (!printers || printers.length === 0) return null
  return (
    <div className="printer-choice">
      <label htmlFor={id}>Printer</label>
      <select
        id={id}
        className="field-input"
        disabled={busy}
        value={item.printerId ?? ''}
        onChange={(event) => ask('printer-choose', { itemId: item.id, printerId: event.currentTarget.value })}
      >
        {!printers.some((printer) => printer.id === item.printerId) && <option value="">Choose…</option>}
        {printers.map((printer) => (
          <option key={printer.id} value={printer.id}>
            {`${printer.name} · ${printer.stateWords}`}
          </option>
        ))}
      </select>
      <Refusal why={refusal} />
    </div>
  )
}
