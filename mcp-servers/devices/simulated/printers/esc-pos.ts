import { EscPosDecoder } from '../../printers/esc-pos/job-decoder.ts'
import type { Firmware } from '../simulated-printer.ts'

/** A receipt printer: answers in real time, and GS r only behind what it has to print. */
export const escPosFirmware: Firmware = (mechanism, say) => {
  const decoder = new EscPosDecoder()
  let printed: Promise<'out' | 'stopped'> = Promise.resolve('out')

  const status = (question: number) => {
    const isOpen = mechanism.door() === 'open'
    const isOut = !mechanism.media()
    const bits = {
      1: isOpen || isOut ? 0x08 : 0,
      2: (isOpen ? 0x04 : 0) | (isOut ? 0x20 : 0),
      3: 0,
      4: isOut ? 0x60 : 0,
    }[question]
    return Uint8Array.of(0x12 | (bits ?? 0))
  }

  return (heard) => {
    for (const event of decoder.push(heard)) {
      if (event.kind === 'status-asked') say(status(event.question))
      if (event.kind === 'label') printed = mechanism.print(event.label)
      if (event.kind === 'completion-asked')
        void printed.then((end) => {
          if (end === 'out') say(Uint8Array.of(0x00))
        })
    }
  }
}
