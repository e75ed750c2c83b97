import type { LabelLine } from '../line-printer.ts'
import { answers } from './commands.ts'
import { type Packet, PacketStream } from './packet.ts'

const answerWithinMs = 2000
/** Something that keeps talking is listened to that many times as long. */
const patience = 3

export type Reply =
  | { kind: 'reply'; data: Uint8Array }
  /** The printer says on its own what is wrong. */
  | { kind: 'error'; code: number }
  | { kind: 'silent' }
  | { kind: 'garbled' }
  | { kind: 'closed' }

/** A line to a NIIMBOT: what came is kept until it is asked for, and an error is heard whenever it comes. */
export class NiimbotTalk {
  readonly #line: LabelLine
  readonly #stream = new PacketStream()
  #heard: Packet[] = []

  constructor(line: LabelLine) {
    this.#line = line
  }

  send(bytes: Uint8Array): Promise<void> {
    return this.#line.channel.write(bytes)
  }

  async exchange(question: Uint8Array, answer: number): Promise<Reply> {
    this.#heard = this.#heard.filter((packet) => packet.command === answers.error)
    await this.send(question)
    return this.hear(answer)
  }

  async hear(answer: number, withinMs = answerWithinMs): Promise<Reply> {
    const startedAtMs = this.#line.clock.nowMs()
    let lastByteAtMs = startedAtMs
    let noise = 0
    for (;;) {
      const packet = this.#heard.shift()
      if (packet?.command === answers.error) return { kind: 'error', code: packet.data[0] ?? 0 }
      if (packet?.command === answer) return { kind: 'reply', data: packet.data }
      if (packet) continue
      const nowMs = this.#line.clock.nowMs()
      const leftMs = lastByteAtMs + withinMs - nowMs
      if (leftMs <= 0 || nowMs > startedAtMs + withinMs * patience)
        return { kind: noise > 0 ? 'garbled' : 'silent' }
      const got = await this.#line.channel.read(leftMs)
      if (got.kind === 'closed') return got
      if (got.kind === 'silent') return { kind: noise > 0 ? 'garbled' : 'silent' }
      lastByteAtMs = this.#line.clock.nowMs()
      const packets = this.#stream.push(got.bytes)
      if (packets.length === 0) noise += got.bytes.length
      this.#heard.push(...packets)
    }
  }
}
