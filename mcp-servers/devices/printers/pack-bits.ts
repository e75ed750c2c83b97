/** Two alike cost as much either way, and would cut a literal in two. */
const worthARun = 3

/** TIFF 6.0, section 9: a length byte n of 0…127 means n + 1 literal bytes, −1…−127 means the next byte 1 − n times. */
export function packBits(bytes: Uint8Array): Uint8Array {
  const packed: number[] = []
  let at = 0
  while (at < bytes.length) {
    const run = runLength(bytes, at)
    if (run >= worthARun) {
      packed.push(257 - run, bytes[at] ?? 0)
      at += run
      continue
    }
    let end = at + 1
    while (end < bytes.length && end - at < 128 && runLength(bytes, end) < worthARun) end += 1
    packed.push(end - at - 1, ...bytes.subarray(at, end))
    at = end
  }
  return Uint8Array.from(packed)
}

function runLength(bytes: Uint8Array, from: number): number {
  let length = 1
  while (length < 128 && from + length < bytes.length && bytes[from + length] === bytes[from]) length += 1
  return length
}

/** null when the packed bytes do not give exactly `lengthBytes`. */
export function unpackBits(packed: Uint8Array, lengthBytes: number): Uint8Array | null {
  const bytes = new Uint8Array(lengthBytes)
  let to = 0
  let at = 0
  while (at < packed.length) {
    const control = packed[at] ?? 0
    if (control === 128) {
      at += 1
      continue
    }
    const count = control < 128 ? control + 1 : 257 - control
    if (to + count > lengthBytes) return null
    if (control < 128) bytes.set(packed.subarray(at + 1, at + 1 + count), to)
    else bytes.fill(packed[at + 1] ?? 0, to, to + count)
    at += control < 128 ? count + 1 : 2
    to += count
  }
  return to === lengthBytes ? bytes : null
}
