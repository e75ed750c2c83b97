/** Consistent Overhead Byte Stuffing: Cheshire and Baker, IEEE/ACM Transactions on Networking 7(2), 1999. */

const longestBlock = 254

/** The same bytes without any zero, to stand between zeros. */
export function encodeCobs(bytes: Uint8Array): Uint8Array {
  const stuffed: number[] = []
  let block: number[] = []
  const close = () => {
    stuffed.push(block.length + 1, ...block)
    block = []
  }
  for (const byte of bytes) {
    if (block.length === longestBlock) close()
    if (byte === 0) close()
    else block.push(byte)
  }
  close()
  return Uint8Array.from(stuffed)
}

/** null for bytes that are not COBS. */
export function decodeCobs(stuffed: Uint8Array): Uint8Array | null {
  const bytes: number[] = []
  for (let at = 0; at < stuffed.length; ) {
    const code = stuffed[at] ?? 0
    const block = stuffed.slice(at + 1, at + code)
    if (code === 0 || block.length !== code - 1) return null
    bytes.push(...block)
    at += code
    if (code !== longestBlock + 1 && at < stuffed.length) bytes.push(0)
  }
  return Uint8Array.from(bytes)
}
