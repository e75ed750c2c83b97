import { NiimbotDecoder } from '../../printers/niimbot/job-decoder.ts'
import type { NiimbotModel } from '../../printers/niimbot/models.ts'
import { hasInvertedLid } from '../../printers/niimbot/models.ts'
import { type Packet, packet } from '../../printers/niimbot/packet.ts'
import type { Firmware } from '../simulated-printer.ts'

/** Answers that say no more than "done". */
const acknowledged: Record<number, number> = {
  193: 0xc2,
  33: 0x31,
  35: 0x33,
  1: 0x02,
  32: 0x30,
  3: 0x04,
  19: 0x14,
  21: 0x16,
  134: 0xd3,
  227: 0xe4,
}
const errors = { coverOpen: 1, paperOut: 8 }

/** A NIIMBOT of a model: acknowledges every command but rows, counts its page, and says an error by itself. */
export const niimbotFirmware =
  (model: NiimbotModel): Firmware =>
  (mechanism, say) => {
    const decoder = new NiimbotDecoder(model.headDots)
    const id = model.ids[0] ?? 0
    let progress = 0

    const heartbeat = () => {
      const isOpen = mechanism.door() === 'open'
      const lid = isOpen === hasInvertedLid(id) ? 0 : 1
      return [0, 0, 0, 0, 0, 0, 0, 0, 0, lid, 4, mechanism.media() ? 0 : 1, 0]
    }

    const answer = ({ command, data }: Packet): Uint8Array | null => {
      const simple = acknowledged[command]
      if (simple !== undefined) return packet(simple)
      if (command === 0x40 && data[0] === 8) return packet(0x48, [id >> 8, id & 0xff])
      if (command === 0xdc) return packet(0xdd, heartbeat())
      if (command === 0xa3) return packet(0xb3, [0, progress === 100 ? 1 : 0, progress, progress])
      return command === 0xf3 ? packet(0xf4, [mechanism.isPrinting() ? 0 : 1]) : null
    }

    return (heard) => {
      for (const event of decoder.push(heard)) {
        const said = event.kind === 'asked' ? answer(event.packet) : null
        if (said) say(said)
        if (event.kind === 'page') {
          progress = 50
          void mechanism.print(event.label).then((end) => {
            progress = end === 'out' ? 100 : 50
            if (end === 'out' && model.task.completion === 'page-index') say(packet(0xe0, [0, 1]))
            if (end === 'stopped')
              say(packet(0xdb, [mechanism.door() === 'open' ? errors.coverOpen : errors.paperOut]))
          })
        }
      }
    }
  }
