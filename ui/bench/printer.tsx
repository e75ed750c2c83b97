import type { BenchView } from '../../agent/protocol/bench.ts'
import { Badge } from '../kit/badge.tsx'
import { Status } from '../kit/status.tsx'
import { WithCode } from '../kit/with-code.tsx'
import { PrinterMedia } from './printer-media.tsx'

export function Printer({ printer }: { printer: BenchView['printers'][number] }) {
  const isChosen = printer.mediaChoices.length > 1
  return (
    <div className="printer">
      <p className="panel-line">
        <span className="panel-name">{printer.name}</span>
        {printer.simulated && <Badge>Simulated</Badge>}
      </p>
      {printer.usable ? (
        <PrinterState printer={printer} isChosen={isChosen} />
      ) : (
        <NotUsable why={printer.stateWords} />
      )}
      {isChosen && <PrinterMedia printer={printer} />}
    </div>
  )
}

function PrinterState({ printer, isChosen }: { printer: BenchView['printers'][number]; isChosen: boolean }) {
  const saysMedia = isChosen || printer.stateWords.includes(printer.media)
  return (
    <p className="panel-line">
      <Status tone={printer.tone}>{printer.stateWords}</Status>
      {!saysMedia && <span className="panel-note">{printer.media}</span>}
    </p>
  )
}

function NotUsable({ why }: { why: string }) {
  return (
    <>
      <p className="panel-line">
        <Status tone="bad">Cannot be printed on</Status>
      </p>
      <p className="panel-why">
        <WithCode text={why} />
      </p>
    </>
  )
}
