import { type DecodedPage, JobDecoder } from '../../printers/brother-ql/job-decoder.ts'
import type { Firmware } from '../simulated-printer.ts'
import { type FrameType, statusFrame } from './ql-status-frame.ts'

const errorBits = { none: 0, noMedia: 1, wrongMedia: 1, badData: 4, coverOpen: 0x10 }

/** A Brother QL-820NWB: answers status requests, and while it prints says by itself what becomes of the label. */
export const brotherQlFirmware: Firmware = (mechanism, say) => {
  const decoder = new JobDecoder()

  const frame = (type: FrameType, printing = false, second = 0) => {
    const cover = mechanism.door() === 'open' ? errorBits.coverOpen : errorBits.none
    const media = mechanism.media()
    const first = media ? errorBits.none : errorBits.noMedia
    return statusFrame({ type, printing, media, errors: [first, second | cover] })
  }

  const print = async (page: DecodedPage): Promise<void> => {
    const loaded = mechanism.media()
    if (loaded && page.media.id !== loaded.id) return say(frame('error', false, errorBits.wrongMedia))
    if (page.announcedRows !== page.label.heightDots) return say(frame('error', false, errorBits.badData))
    say(frame('phase-change', true))
    const end = await mechanism.print(page.label)
    say(end === 'out' ? Buffer.concat([frame('completed', true), frame('phase-change')]) : frame('error'))
  }

  return (heard) => {
    for (const event of decoder.push(heard)) {
      if (event.kind === 'status-asked') say(frame('reply'))
      if (event.kind === 'not-understood') say(frame('error', false, errorBits.badData))
      if (event.kind === 'page') void print(event.page)
    }
  }
}
