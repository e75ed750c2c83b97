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

/** The emulator is loaded with the first terminal that is opened. */
export function TerminalDialog({ place, baudRate, onClose }: TerminalDialogFacts) {
  return (
    <Dialog title={`Terminal: ${place.name}${place.simulated ? ' (simulated)' : ''}`} open onClose={onClose}>
      <Suspense fallback={<p className="panel-empty">Opening…</p>}>
        <Terminal place={place.place} baudRate={baudRate ?? 9600} />
      </Suspense>
    </Dialog>
  )
}
