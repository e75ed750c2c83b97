import { crcCcitt } from '../crc-ccitt.ts'
import { syncFramer } from '../framing.ts'
import type { TesterFrame, TesterProfile } from '../tester-profile.ts'

/**
 * HWLab's own frame for testers that people build: `A5 | length | type | number | payload | CRC-16/CCITT-FALSE LE`, the
 * CRC over length to payload. Types: 01 trigger, 02 wiremap, 03 lengths, 04 split pairs, 7F trouble in words.
 */
const start = 0xa5
const types = { trigger: 0x01, wiremap: 0x02, lengths: 0x03, splits: 0x04, trouble: 0x7f }
const contacts = ['1', '2', '3', '4', '5', '6', '7', '8', 'S']
const notTested = 0xff
const lengthUnknown = 0xffff
const pinsOfSplit = 4

/** One frame; `payload` of at most 255 bytes. */
export function hwlabFrame(type: keyof typeof types, number: number, payload: readonly number[]): Uint8Array {
  const body = [payload.length, types[type], number, ...payload]
  const crc = crcCcitt(body)
  return Uint8Array.from([start, ...body, crc & 0xff, crc >> 8])
}

export default {
  id: 'hwlab-v1',
  name: 'Self-built tester (hwlab-v1)',
  plug: 'RJ45',
  baudRate: 115_200,
  ability: { shorts: true, shield: true, splitPairs: false, length: true },
  trigger: hwlabFrame('trigger', 0, []),
  framer: () =>
    syncFramer({
      sync: start,
      lengthOf,
      isWhole: (frame) => crcCcitt(frame.slice(1, -2)) === readLittleEndian(frame, frame.length - 2),
    }),
  decode(frame) {
    const payload = frame.slice(4, -2)
    if (frame[2] === types.wiremap && payload.length === 2 * contacts.length) return wiremap(payload)
    if (frame[2] === types.lengths && payload.length === 16) return lengths(payload)
    if (frame[2] === types.splits && payload.length > 0 && payload.length % pinsOfSplit === 0)
      return { kind: 'splits', groups: splits(payload) }
    if (frame[2] === types.trouble) return { kind: 'trouble', words: new TextDecoder().decode(payload) }
    return null
  },
} satisfies TesterProfile

function lengthOf(bytes: Uint8Array): number | 'noise' | null {
  const [, payloadBytes, type] = bytes
  if (payloadBytes === undefined || type === undefined) return null
  const isKnown = Object.values(types).includes(type)
  const isLikely = type === types.trouble || payloadBytes <= 2 * contacts.length
  return isKnown && isLikely ? payloadBytes + 6 : 'noise'
}

function wiremap(payload: Uint8Array): TesterFrame {
  const far: Record<string, string[]> = {}
  const groups = new Map<number, string[]>()
  contacts.forEach((contact, index) => {
    const reached = payload[index] ?? notTested
    const group = payload[contacts.length + index] ?? 0
    if (reached !== notTested) far[contact] = reached === 0 ? [] : [contacts[reached - 1] ?? `${reached}`]
    if (group !== 0) groups.set(group, [...(groups.get(group) ?? []), contact])
  })
  return { kind: 'wiremap', map: { far, shorts: [...groups.values()], splits: null } }
}

function lengths(payload: Uint8Array): TesterFrame {
  const measured = contacts.slice(0, 8).flatMap((contact, index) => {
    const centimetres = readLittleEndian(payload, 2 * index)
    return centimetres === lengthUnknown ? [] : [[contact, centimetres] satisfies [string, number]]
  })
  return { kind: 'length', centimetres: Object.fromEntries(measured) }
}

/** Four pins each. */
function splits(payload: Uint8Array): string[][] {
  return Array.from({ length: payload.length / pinsOfSplit }, (_, index) =>
    [...payload.slice(index * pinsOfSplit, (index + 1) * pinsOfSplit)].map(String),
  )
}

function readLittleEndian(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
}
