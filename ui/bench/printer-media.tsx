import { useId } from 'react'
import type { BenchView } from '../../agent/protocol/bench.ts'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

/** What is in a printer that cannot tell it by itself. */
export function PrinterMedia({ printer }: { printer: BenchView['printers'][number] }) {
  const { busy, refusal, ask } = useAsking()
  const id = useId()
  return (
    <div className="printer-media">
      <label htmlFor={id}>Labels</label>
      <select
        id={id}
        className="field-input"
        disabled={busy}
        aria-label={`Labels in ${printer.name}`}
        value={printer.mediaId}
        onChange={(event) =>
          ask('printer-media', { printerId: printer.id, mediaId: event.currentTarget.value })
        }
      >
        {printer.mediaChoices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.words}
          </option>
        ))}
      </select>
      <Refusal why={refusal} />
    </div>
  )
}
