const polynomial = 0x39
const start = 0x42

const table = Uint8Array.from({ length: 256 }, (_, value) => {
  let crc = value
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ polynomial) & 0xff : (crc << 1) & 0xff
  return crc
})

/** CRC-8 of FNIRSI meters: polynomial 0x39, start 0x42, nothing reflected; "123456789" gives 0x4b. */
export function crc8(bytes: Uint8Array): number {
  let crc = start
  for (const byte of bytes) crc = table[crc ^ byte] ?? 0
  return crc
}
