import { describe, expect, test } from 'vitest'
import {
  decodeErrors,
  decodeHostStatus,
  decodeIdentity,
} from '../../../../../mcp-servers/devices/printers/zpl/status.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const frames = (...lines: string[]) => bytes(lines.map((line) => `\u0002${line}\u0003\r\n`).join(''))
const first = '030,0,0,0240,000,0,0,0,000,0,0,0'
const second = '000,0,0,0,0,2,4,0,00000000,1,000'

describe('what a ZPL printer says of itself', () => {
  test('is ready when nothing is wrong and nothing waits', () => {
    expect(decodeHostStatus(frames(first, second, '1234,0'))).toEqual({ troubles: [], waiting: 0 })
  })

  test.each([
    ['030,1,0,0240,000,0,0,0,000,0,0,0', second, 'media-empty'],
    ['030,0,1,0240,000,0,0,0,000,0,0,0', second, 'paused'],
    ['030,0,0,0240,000,0,0,0,000,0,0,1', second, 'over-temperature'],
    [first, '000,0,1,0,0,2,4,0,00000000,1,000', 'cover-open'],
    [first, '000,0,0,1,0,2,4,0,00000000,1,000', 'ribbon-empty'],
  ])('%s %s is %s', (one, two, condition) => {
    expect(decodeHostStatus(frames(one, two, '1234,0'))?.troubles).toMatchObject([{ condition }])
  })

  test('counts what waits: formats and labels of the batch', () => {
    const status = decodeHostStatus(
      frames('030,0,0,0240,002,0,0,0,000,0,0,0', '000,0,0,0,0,2,4,0,00000003,1,000', '1234,0'),
    )
    expect(status?.waiting).toBe(5)
  })

  test('is found among other things, and nothing else is taken for it', () => {
    const whole = frames('junk', first, second, '1234,0')
    expect(decodeHostStatus(whole)).not.toBeNull()
    for (let length = 0; length < whole.length - 4; length += 1)
      expect(decodeHostStatus(whole.subarray(0, length))).toBeNull()
    expect(decodeHostStatus(frames(first, 'a,b,c,d,e,f,g,h,i,j,k', '1234,0'))).toBeNull()
  })

  test('names errors by their bits, and does not call an unknown one ready', () => {
    const said = (flag: number, word: string) =>
      decodeErrors(
        bytes(
          `\u0002\r\n PRINTER STATUS\r\n ERRORS: ${flag} 00000000 ${word}\r\n WARNINGS: 0 00000000 00000000\r\n\u0003`,
        ),
      )
    expect(said(0, '00000000')).toEqual([])
    expect(said(1, '00000005')).toMatchObject([{ condition: 'cover-open' }, { condition: 'media-empty' }])
    expect(said(1, '00010000')).toMatchObject([{ condition: 'paused' }])
    expect(said(1, '40000000')).toMatchObject([{ condition: 'fault' }])
  })

  test('tells its resolution', () => {
    expect(decodeIdentity(frames('ZD420-300dpi,V84.20,12,2104KB'))).toEqual({
      model: 'ZD420-300dpi',
      dotsPerMm: 12,
    })
    expect(decodeIdentity(frames('ZD420,V84.20,hello,2104KB'))).toBeNull()
  })
})
