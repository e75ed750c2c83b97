import { expect, test } from 'vitest'
import { code, fieldsOf, photo, seen, textLine, tilted, turned, turnedBox } from './label-reading.ts'

test.each([90, 180, 270] as const)('a label turned by %i degrees reads like one held straight', (degrees) => {
  const table = [
    textLine('P/N', 0),
    textLine('S/N', 0, { left: 400 }),
    textLine('MX-100-200', 1),
    textLine('X1Y2Z34567', 1, { left: 400 }),
  ]
  const read = fieldsOf(photo(table.map((line) => turned(line, degrees))))
  expect(read('serial').value).toBe('X1Y2Z34567')
  expect(read('part_number').value).toBe('MX-100-200')
  const bars = { ...code('115465890', 0), box: { left: 220, top: 0, width: 500, height: 50 } }
  const beside = photo(
    [turned(textLine('Serial No:', 0), degrees), turned(textLine('115465890', 1, { left: 220 }), degrees)],
    [{ ...bars, box: turnedBox(bars.box, degrees), rotationDegrees: degrees }],
  )
  expect(seen(fieldsOf(beside)('serial'))).toEqual(['115465890', 0.95])
})

test('a tilted label keeps its captions and values in their rows', () => {
  const rows = [
    ['Model No.', 'QZ77X9'],
    ['Serial No.', 'X1Y2Z34567'],
    ['Part No.', 'MX100200'],
  ]
  for (const slope of [-0.25, 0.2]) {
    const lines = rows.flatMap(([caption = '', value = ''], row) => [
      tilted(textLine(caption, row), slope),
      tilted(textLine(value, row, { left: 400 }), slope),
    ])
    const field = fieldsOf(photo(lines))
    expect([field('model').value, field('serial').value, field('part_number').value]).toEqual([
      'QZ77X9',
      'X1Y2Z34567',
      'MX100200',
    ])
  }
})
