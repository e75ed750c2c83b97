import { describe, test } from 'vitest'
import { type FarEnd, lineCases, onLine } from './byte-channel-cases.ts'

const tenMegabytes = 10_000_000

export function byteChannelContract(
  name: string,
  withFarEnd: (use: (far: FarEnd) => Promise<void>) => Promise<void>,
) {
  describe(`a line over ${name}`, () => {
    test.each(lineCases(tenMegabytes))('$name', (one) => withFarEnd((far) => onLine(far, one)))
  })
}
