import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packBits, unpackBits } from '../../../../mcp-servers/devices/printers/pack-bits.ts'

/** Apple Technical Note TN1023, "Understanding PackBits". */
const packed = Uint8Array.from(Buffer.from('FEAA0280002AFDAA0380002A22F7AA', 'hex'))
const plain = Uint8Array.from(Buffer.from('AAAAAA80002AAAAAAAAA80002A22AAAAAAAAAAAAAAAAAAAA', 'hex'))

test("the example of Apple's technical note packs and unpacks", () => {
  expect(packBits(plain)).toEqual(packed)
  expect(unpackBits(packed, plain.length)).toEqual(plain)
})

test('any row comes back, and never grows by more than a byte in 128', () => {
  const row = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc
      .array(fc.constantFrom(0, 0, 0, 255), { minLength: 1, maxLength: 300 })
      .map((bytes) => Uint8Array.from(bytes)),
  )
  fc.assert(
    fc.property(row, (bytes) => {
      const small = packBits(bytes)
      expect(unpackBits(small, bytes.length)).toEqual(bytes)
      expect(small.length).toBeLessThanOrEqual(bytes.length + Math.ceil(bytes.length / 128))
    }),
  )
})

test('bytes that do not give a whole row are refused', () => {
  expect(unpackBits(packed, plain.length - 1)).toBeNull()
  expect(unpackBits(packed, plain.length + 1)).toBeNull()
})
