import { lazy, Suspense } from 'react'
import type { ConsolePlaceView } from '../../../agent/protocol/consoles.ts'
import { Dialog } from '../../kit/dialog.tsx'

const Terminal = lazy(() => import('./terminal.tsx'))

interface TerminalDialogFacts {
  place: ConsolePlaceView
  /** The speed at which it last answered, or null. */
  baudRate: number | null
  onClose(): void
}

/** Boot menus and editors ask for Escape; with Shift it closes the dialog, so that the keyboard is not caught in it. */
function leaveToDevice(event: KeyboardEvent): void {
  const typing = document.activeElement?.closest('.terminal-screen')
  if (typing && !event.shiftKey) event.preventDefault()
}

/** The emulator is loaded with the first terminal that is opened. */
export function TerminalDialog({ place, baudRate, onClose }: TerminalDialogFacts) {
  return (
    <Dialog title={`Terminal: ${place.name}`} open onClose={onClose} onEscape={leaveToDevice}>
      <Suspense fallback={<p className="panel-empty">Opening…</p>}>
        <Terminal place={place.place} baudRate={baudRate ?? 9600} />
      </Suspense>
    </Dialog>
  )
}
