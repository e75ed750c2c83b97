import { describe, expect, test } from 'vitest'
import { describeStanding } from '../../../../mcp-servers/netbox/identify/describe-standing.ts'
import { interpretPhoto } from '../../../../mcp-servers/netbox/identify/interpret-photo.ts'
import { code, fieldsOf, photo, seen, starterCatalogue, textLine } from './label-reading.ts'

describe('serial numbers', () => {
  test('a bar code beside its caption is the serial, and OCR that confuses 0 and O supports it', () => {
    const field = fieldsOf(photo(['S/N: FOC2133VOAB'], [code('FOC2133V0AB', 1)]))('serial')
    expect(seen(field)).toEqual(['FOC2133V0AB', 0.97])
    expect(field.conflict).toBe(false)
    expect(describeStanding(field)).toBe('decoded from Code 128')
  })

  test('a serial that was only read stays below the gate, however sure the reader is', () => {
    const field = fieldsOf(photo([textLine('Serial No. AB12C34567', 0, { confidence: 1 })]))('serial')
    expect(field.value).toBe('AB12C34567')
    expect(field.probability).toBeLessThanOrEqual(0.69)
    expect(describeStanding(field)).toBe('read beside “Serial No.”')
  })

  test('a Dell service tag that agrees with its Express Service Code passes without a bar code', () => {
    const field = fieldsOf(photo(['Service Tag: 5RFDP01', 'Express Service Code: 125 423 316 01']))('serial')
    expect(seen(field)).toEqual(['5RFDP01', 0.85])
    const misread = fieldsOf(photo(['Service Tag: 5RFOP01', 'Express Service Code: 125 423 316 01']))(
      'serial',
    )
    expect(misread.probability).toBeLessThanOrEqual(0.69)
  })

  test.each([
    'S/N: X1Y2Z34567',
    'SN: X1Y2Z34567',
    'Serial No. X1Y2Z34567',
    'SERIAL NUMBER X1Y2Z34567',
    'Ser. No.: X1Y2Z34567',
    '(S) S/N *X1Y2Z34567*',
    'Model: Foo-9  S/N: X1Y2Z34567  REV: A01',
    'P/N: 12-3456 | SN: X1Y2Z34567',
    'Seriennummer: X1Y2Z34567',
    '~ SN X1Y2Z34567',
  ])('“%s” gives the serial', (line) => {
    expect(fieldsOf(photo([line]))('serial').value).toBe('X1Y2Z34567')
  })

  test('a serial of letters alone counts behind its data identifier', () => {
    const carton = photo(
      [textLine('(S) SN: WGZLAGZQTXJIK', 0, { confidence: 0.3 })],
      [code('SWGZLAGZQTXJK', 1)],
    )
    expect(seen(fieldsOf(carton)('serial'))[0]).toBe('WGZLAGZQTXJK')
    expect(fieldsOf(carton)('serial').probability).toBeGreaterThan(0.9)
  })

  test('a second serial on another label is noticed even when it is badly read; a bad reading beside the code is not', () => {
    const second = textLine('Serial No: ZMKXRMSLS8E', 14, { confidence: 0.45 })
    const beside = textLine('Serial No: ZMKXRMSLS8E', 2, { confidence: 0.45 })
    const first = textLine('SN: 236556086499', 0)
    expect(fieldsOf(photo([first, second], [code('236556086499', 1)]))('serial').conflict).toBe(true)
    expect(fieldsOf(photo([first, beside], [code('236556086499', 1)]))('serial').conflict).toBe(false)
  })

  test('the world wide name of a drive is not taken for its serial number', () => {
    const drive = photo([], [code('5000C59C187B3A4F', 0, 'Data Matrix'), code('9PXGTJFH2J', 3)])
    expect(fieldsOf(drive)('serial').value).toBe('9PXGTJFH2J')
  })

  test('the value may stand to the right, below, or in the column of a table', () => {
    const right = photo([textLine('S/N', 0), textLine('X1Y2Z34567', 0, { left: 200 })])
    const below = photo(['SERIAL NO.', 'X1Y2Z34567'])
    const table = photo(['P/N            S/N', 'MX-100-200     X1Y2Z34567'])
    for (const label of [right, below, table]) expect(fieldsOf(label)('serial').value).toBe('X1Y2Z34567')
    expect(fieldsOf(table)('part_number').value).toBe('MX-100-200')
  })

  test.each([
    ['IMEI: 356938035643809', []],
    ['QTY: 24000123', []],
    ['Date: 2024-05-17', []],
    ['REV: A0123456', []],
    ['UPC 036000291452', [code('036000291452', 1)]],
    ['Made in Taiwan', [code('4006381333931', 1, 'EAN-13')]],
    ['WiFi Key: 12345678A', []],
  ])('“%s” is never a serial', (line, codes) => {
    expect(fieldsOf(photo([line], codes))('serial').value).toBeNull()
  })

  test('a code that nothing names stays a weak candidate', () => {
    const field = fieldsOf(photo(['Made in Taiwan'], [code('7XK9912A8C', 8)]))('serial')
    expect(field.value).toBe('7XK9912A8C')
    expect(field.probability).toBeLessThan(0.7)
    expect(describeStanding(field)).toBe('decoded from Code 128, meaning uncertain')
  })

  test('an unreadable caption that clearly belongs to one bar code names it; between two codes it names none', () => {
    const alone = fieldsOf(photo([textLine('S/N', 0)], [code('7XK9912A8C', 0.8)]))('serial')
    expect(seen(alone)).toEqual(['7XK9912A8C', 0.95])
    const between = photo([textLine('S/N', 1)], [code('7XK9912A8C', 0), code('MX1002003', 1.8)])
    expect(fieldsOf(between)('serial').probability).toBeLessThan(0.7)
  })

  test('a serial may have a single digit when its caption names it', () => {
    expect(fieldsOf(photo(['S/N GTCPND1']))('serial').value).toBe('GTCPND1')
    expect(fieldsOf(photo(['GTCPND1']))('serial').value).toBeNull()
  })

  test('a code with a prefix or several values gives the part that stands beside “S/N”', () => {
    const lenovo = photo(['MTM: 10T8S0PL00', 'S/N: PCOABCD7'], [code('1S10T8S0PL00PC0ABCD7', 5)])
    expect(seen(fieldsOf(lenovo)('serial'))).toEqual(['PC0ABCD7', 0.97])
    const cisco = photo(['SN: FOC2133V0AB'], [code('WS-C2960X-24TS-L V02 FOC2133V0AB', 5, 'Data Matrix')])
    expect(seen(fieldsOf(cisco)('serial'))).toEqual(['FOC2133V0AB', 0.97])
  })

  test('a part number bar code between two captions is not taken for the serial', () => {
    const label = photo(
      ['P/N: MX1002003', textLine('S/N: 7XK9912A8C', 2)],
      [code('MX1002003', 1), code('7XK9912A8C', 3)],
    )
    expect(seen(fieldsOf(label)('serial'))).toEqual(['7XK9912A8C', 0.97])
    expect(fieldsOf(label)('part_number').value).toBe('MX1002003')
  })

  test('two decoded serials in one photo are a conflict at 0.5 at most', () => {
    const label = photo(
      ['S/N: ABC1234567', textLine('S/N: XYZ7654321', 4)],
      [code('ABC1234567', 1), code('XYZ7654321', 5)],
    )
    const field = fieldsOf(label)('serial')
    expect(field.conflict).toBe(true)
    expect(field.probability).toBeLessThanOrEqual(0.5)
    expect(describeStanding(field)).toBe('conflict: two values')
  })
})

describe('model and maker', () => {
  test('a model on the label that is in the catalogue brings maker, role and key specification', () => {
    const field = fieldsOf(photo(['Ubiquiti Inc.', 'Model: USW-Lite-I6-PoE']))
    expect(seen(field('model'))).toEqual(['UniFi Switch Lite 16 PoE', 0.85])
    expect(describeStanding(field('model'))).toBe('read and in the catalogue')
    expect(field('manufacturer').value).toBe('Ubiquiti')
    expect(field('role').value).toBe('Switch')
    expect(field('description').value).toBe('16 × 1G, 8 PoE+, 45 W')
  })

  test('a model that the catalogue does not know is kept as read, below the gate', () => {
    const field = fieldsOf(photo(['MODEL NO.: QZ-77-X9']))('model')
    expect(field.value).toBe('QZ-77-X9')
    expect(field.probability).toBeLessThanOrEqual(0.69)
  })

  test('where only a lost “+” separates two types, the read model stays below the gate', () => {
    const field = fieldsOf(photo(['Synology', 'Model: DS218']))('model')
    expect(field.value).toBe('DS218')
    expect(field.probability).toBeLessThanOrEqual(0.69)
  })

  test('a drive prints a revision behind its model', () => {
    const field = fieldsOf(photo(['MDL: WD40EFRX-68N32N0', 'WD Red']))
    expect(field('model').value).toBe('WD Red WD40EFRX')
    expect(field('manufacturer').value).toBe('Western Digital')
  })

  test('a lone word in the shape of a model number is only a first guess; where it was made is none', () => {
    expect(seen(fieldsOf(photo(['Northbeam', 'KCK-414']))('model'))).toEqual(['KCK-414', 0.25])
    expect(fieldsOf(photo(['Product of Vietnam']))('model').value).toBeNull()
  })

  test('a hardware version behind a name is the same type, another suffix is not', () => {
    expect(fieldsOf(photo(['MODEL: GS108v4']))('model').value).toBe('GS108')
    expect(fieldsOf(photo(['MODEL: TL-SG108E(UN) Ver: 6.0']))('model').value).toBe('TL-SG108E')
    expect(fieldsOf(photo(['MODEL: GS108-XYZ']))('model').value).toBe('GS108-XYZ')
  })

  test('a regulatory model is not the model', () => {
    expect(fieldsOf(photo(['Reg Model: E31S']))('model').value).toBeNull()
  })

  test('a power rating is not taken for a model', () => {
    expect(fieldsOf(photo(['DC12V1A']))('model').value).toBe(null)
    expect(fieldsOf(photo(['DCS-932L']))('model').value).toBe('DCS-932L')
  })
})

describe('codes that say what they are', () => {
  test('an ISO 15434 envelope gives serial and part number', () => {
    const text = '[)>\u001e06\u001d1PMZ-77E1T0\u001dS5Y2NJ0R123456\u001d4LCN\u001dQ1\u001e\u0004'
    const field = fieldsOf(photo([], [code(text, 0, 'Data Matrix')]))
    expect(seen(field('serial'))).toEqual(['5Y2NJ0R123456', 0.95])
    expect(field('model').value).toBe('SSD 870 EVO 1TB')
    expect(field('model').probability).toBeGreaterThan(0.9)
  })

  test('bare identifiers count when the label uses them, and a serial that begins with S keeps its S', () => {
    const identified = photo(
      ['(1P) MX1002003', '(S) ZDH12345'],
      [code('1PMX1002003', 5), code('SZDH12345', 8)],
    )
    expect(seen(fieldsOf(identified)('serial'))).toEqual(['ZDH12345', 0.95])
    const samsung = photo(['S/N: S5Y2NJ0R123456'], [code('S5Y2NJ0R123456', 1)])
    expect(seen(fieldsOf(samsung)('serial'))).toEqual(['S5Y2NJ0R123456', 0.97])
    const misread = photo(['S/N: S5Y2NJOR1Z3Q56'], [code('S5Y2NJ0R123456', 1)])
    expect(seen(fieldsOf(misread)('serial'))).toEqual(['S5Y2NJ0R123456', 0.95])
    const unclear = photo(['Made in Korea'], [code('S5Y2NJ0R123456', 8)])
    expect(fieldsOf(unclear)('serial').probability).toBeLessThan(0.7)
  })

  test('a QR code with named values, a JSON object and a web address are understood', () => {
    for (const text of [
      'SN:X1Y2Z34567;MAC:788A20123456;PN:MX100',
      '{"serial_number":"X1Y2Z34567","mac":"78:8A:20:12:34:56"}',
      'https://example.com/setup?sn=X1Y2Z34567&mac=788A20123456',
    ]) {
      const field = fieldsOf(photo([], [code(text, 0, 'QR Code')]))
      expect(seen(field('serial'))).toEqual(['X1Y2Z34567', 0.95])
      expect(field('mac_address').value).toBe('78:8A:20:12:34:56')
    }
  })

  test('a GS1 code gives its serial and never its GTIN', () => {
    const field = fieldsOf(photo([], [code('(01)04006381333931(21)X1Y2Z34567', 0)]))('serial')
    expect(field.value).toBe('X1Y2Z34567')
    expect(field.evidence.map((row) => row.value)).toEqual(['X1Y2Z34567'])
  })

  test('a Wi-Fi code and its password leave no trace', () => {
    const label = photo(
      ['Password: hunter2hunter2'],
      [code('WIFI:T:WPA;S:lab;P:hunter2hunter2;;', 2, 'QR Code')],
    )
    expect(JSON.stringify(interpretPhoto(label, 'photo-1', starterCatalogue()))).not.toContain('hunter2')
  })

  test('one of our own labels is recognised by its QR code', () => {
    const field = fieldsOf(photo([], [code('http://hwlab.local:4610/a/HW-00042', 0, 'QR Code')]))('asset_tag')
    expect(seen(field)).toEqual(['HW-00042', 0.97])
  })
})

describe('MAC addresses', () => {
  test.each(['788A20123456', '78:8a:20:12:34:56', '78-8A-20-12-34-56', '788a.2012.3456'])(
    'the code “%s” is a MAC address, checked by its maker',
    (text) => {
      const field = fieldsOf(photo([], [code(text, 0)]))
      expect(seen(field('mac_address'))).toEqual(['78:8A:20:12:34:56', 0.97])
      expect(field('manufacturer').value).toBe('Ubiquiti')
      expect(field('serial').value).toBeNull()
    },
  )

  test('neighbouring addresses of one device are no conflict; the first one is taken', () => {
    const label = photo([], [code('788A20123457', 0), code('788A20123456', 2)])
    const field = fieldsOf(label)('mac_address')
    expect([field.value, field.conflict]).toEqual(['78:8A:20:12:34:56', false])
  })

  test('a MAC address that was only read stays below the gate', () => {
    const field = fieldsOf(photo(['MAC ID: 78:8A:2O:12:34:56']))('mac_address')
    expect(field.value).toBe('78:8A:20:12:34:56')
    expect(field.probability).toBeLessThanOrEqual(0.69)
  })

  test('the radio’s address counts only when the label has no other', () => {
    const both = photo(['WLAN MAC: 78:8A:20:99:34:56', 'MAC: 78:8A:20:12:34:56'])
    expect(fieldsOf(both)('mac_address').value).toBe('78:8A:20:12:34:56')
    const radio = photo(['WLAN MAC: 78:8A:20:99:34:56'])
    expect(fieldsOf(radio)('mac_address').value).toBe('78:8A:20:99:34:56')
  })
})

test('an FCC ID is read beside its caption and names a well-known maker', () => {
  const field = fieldsOf(photo(['FCC ID: SWX-USWL16P']))
  expect(field('fcc_id').value).toBe('SWX-USWL16P')
  expect(field('manufacturer').value).toBe('Ubiquiti')
})

test('a photo without a label gives no value at all', () => {
  const field = fieldsOf(photo([]))
  expect(seen(field('serial'))).toEqual([null, 0])
  expect(describeStanding(field('serial'))).toBe('not visible')
})

test('every row of evidence says where it was read', () => {
  const label = photo(['S/N: X1Y2Z34567', 'Model: USW-Lite-16-PoE'], [code('X1Y2Z34567', 2)])
  const readings = interpretPhoto(label, 'photo-1', starterCatalogue())
  expect(readings.length).toBeGreaterThan(4)
  for (const reading of readings) {
    expect(reading.attachmentId).toBe('photo-1')
    expect(reading.box).not.toBeNull()
    expect(reading.quote).not.toBe('')
    expect(reading.kind).not.toBe('said')
  }
})
