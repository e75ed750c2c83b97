import { encodeCobs } from '../cobs.ts'
import { crcCcitt } from '../crc-ccitt.ts'
import { cobsFramer } from '../framing.ts'
import type { TesterProfile } from '../tester-profile.ts'

/**
 * Pockethernet of the first generation over its Bluetooth serial port (RFCOMM channel 5, on Linux `/dev/rfcomm0`): COBS
 * frames of `type u16 LE | CRC-16/CCITT-FALSE u16 LE (counted with zeros in its place) | payload`. The answer to a
 * wiremap is ten bytes of nibbles, the low one first: far pin of pins 1 to 8, then the pin that each is joined to, then
 * whether the shield arrives, and the pin that it is joined to. Source: the public Python library `pockethernet`.
 */
const wiremapAsked = 48
const wiremapAnswered = 4144
const pins = ['1', '2', '3', '4', '5', '6', '7', '8']
const shieldPin = 9

export default {
  id: 'pockethernet-v1',
  name: 'Pockethernet (first generation)',
  plug: 'RJ45',
  baudRate: 115_200,
  ability: { shorts: true, shield: true, splitPairs: false, length: false },
  trigger: command(wiremapAsked),
  framer: cobsFramer,
  decode(frame) {
    if (frame.length !== 14 || typeOf(frame) !== wiremapAnswered || !isWhole(frame)) return null
    const nibbles = [...frame.slice(4)].flatMap((byte) => [byte & 0x0f, byte >> 4])
    const name = (pin: number) => (pin === shieldPin ? 'S' : `${pin}`)
    const far = Object.fromEntries(
      pins.map((pin, index) => [pin, nibbles[index] ? [name(nibbles[index])] : []]),
    )
    const joinedWith = [
      ...pins.map((pin, index) => [pin, nibbles[8 + index]] as const),
      ['S', nibbles[17]] as const,
    ]
    const joined = joinedWith.flatMap(([contact, other]) =>
      other ? [[contact, name(other)].sort().join()] : [],
    )
    return {
      kind: 'wiremap',
      map: {
        far: { ...far, S: nibbles[16] ? ['S'] : [] },
        shorts: [...new Set(joined)].map((group) => group.split(',')),
        splits: null,
      },
    }
  },
} satisfies TesterProfile

function typeOf(frame: Uint8Array): number {
  return (frame[0] ?? 0) | ((frame[1] ?? 0) << 8)
}

function isWhole(frame: Uint8Array): boolean {
  const said = (frame[2] ?? 0) | ((frame[3] ?? 0) << 8)
  return crcCcitt([...frame.slice(0, 2), 0, 0, ...frame.slice(4)]) === said
}

function command(type: number): Uint8Array {
  const header = [type & 0xff, type >> 8]
  const crc = crcCcitt([...header, 0, 0])
  return Uint8Array.from([0, ...encodeCobs(Uint8Array.from([...header, crc & 0xff, crc >> 8])), 0])
}
