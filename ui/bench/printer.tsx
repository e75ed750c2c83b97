import type { BenchView } from '../../agent/protocol.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'
import { PrinterMedia } from './printer-media.tsx'

export function Printer({ printer }: { printer: BenchView['printers'][number] }) {
  const { busy, refusal, ask } = useAsking()
  const { door } = printer
  const isChosen = printer.mediaChoices.length > 1
  return (
    <div className="printer">
      <p className="panel-line">
        <span className="panel-name">{printer.name}</span>
        {printer.simulated && <Badge>Simulated</Badge>}
      </p>
      <p className="panel-line">
        <Status tone={printer.tone}>{printer.stateWords}</Status>
        {!isChosen && !printer.stateWords.includes(printer.media) && (
          <span className="panel-note">{printer.media}</span>
        )}
      </p>
      {isChosen && <PrinterMedia printer={printer} />}
      {door !== null && (
        <Button
          disabled={busy}
          onClick={() =>
            ask('simulated-door', { printerId: printer.id, door: door === 'open' ? 'closed' : 'open' })
          }
        >
          {door === 'open' ? 'Close the door' : 'Open the door'}
        </Button>
      )}
      <Refusal why={refusal} />
    </div>
  )
}
