import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ciscoDate } from '../../../../mcp-servers/netbox/identify/cisco-serial.ts'
import { foldConfusables } from '../../../../mcp-servers/netbox/identify/confusables.ts'
import { openEnvelope, splitIdentifier } from '../../../../mcp-servers/netbox/identify/data-identifiers.ts'
import { expressCode, isTagOfCode } from '../../../../mcp-servers/netbox/identify/dell-service-tag.ts'
import { parseFccId } from '../../../../mcp-servers/netbox/identify/fcc-id.ts'
import { parseGs1 } from '../../../../mcp-servers/netbox/identify/gs1.ts'
import {
  isLocallyAdministered,
  parseMac,
  parseReadMac,
} from '../../../../mcp-servers/netbox/identify/mac-address.ts'
import { ouiVendor } from '../../../../mcp-servers/netbox/identify/oui-vendor.ts'
import { isRetailCode } from '../../../../mcp-servers/netbox/identify/retail-code.ts'
import { vendorName } from '../../../../mcp-servers/netbox/identify/vendor-names.ts'

test('Dell’s Express Service Code is the service tag in base 36', () => {
  expect(expressCode('5RFDP01')).toBe('12542331601')
  expect(isTagOfCode('5RFDP01', '125 423 316 01')).toBe(true)
  expect(isTagOfCode('5RF0P01', '125 423 316 01')).toBe(false)
})

test('Cisco’s serial carries year and week', () => {
  expect(ciscoDate('JAE2445044T')).toEqual({ year: 2020, week: 45 })
  expect(ciscoDate('JAE2499044T')).toBeNull()
})

test('an FCC ID follows the grantee rules', () => {
  expect(parseFccId('swx-usw lite16')).toBe('SWX-USWLITE16')
  expect(parseFccId('2ABCB-RPI4B')).toBe('2ABCB-RPI4B')
  expect(parseFccId('10BCB-RPI4B')).toBeNull()
})

test('a MAC address is taken in every usual spelling and refused otherwise', () => {
  for (const spelled of [
    '788A20123456',
    '78-8a-20-12-34-56',
    '788A.2012.3456',
    '78 8A 20 12 34 56',
    '788A20-123456',
  ])
    expect(parseMac(spelled)).toBe('78:8A:20:12:34:56')
  for (const wrong of [
    '788A2012345',
    '78:8A:20:12:34:5G',
    '000000000000',
    '01:00:5E:00:00:01',
    '78:8A-20:12-34:56',
  ])
    expect(parseMac(wrong)).toBeNull()
  expect(parseReadMac('78:8A:2O:I2:34:S6')).toBe('78:8A:20:12:34:56')
})

test('the registry names the maker of a MAC address as the catalogue does', () => {
  expect(ouiVendor('78:8A:20:12:34:56')).toBe('Ubiquiti')
  expect(isLocallyAdministered('7A:8A:20:12:34:56')).toBe(true)
  expect(vendorName('Routerboard.com')).toBe('MikroTik')
  expect(vendorName('Acme Widgets Co., Ltd.')).toBe('Acme Widgets')
})

test('a retail code has a right check digit', () => {
  expect(isRetailCode('4006381333931')).toBe(true)
  expect(isRetailCode('036000291452')).toBe(true)
  expect(isRetailCode('4006381333932')).toBe(false)
})

test('an envelope is opened however the reader spells its separators', () => {
  const fields = [
    { identifier: '1P', value: 'ABC-1' },
    { identifier: 'S', value: '12345' },
  ]
  expect(openEnvelope('[)>\u001e06\u001d1PABC-1\u001dS12345\u001e\u0004')).toEqual(fields)
  expect(openEnvelope('[)><RS>06<GS>1PABC-1<GS>S12345<RS><EOT>')).toEqual(fields)
  expect(openEnvelope('1PABC-1')).toBeNull()
  expect(splitIdentifier('4LCN')).toEqual({ identifier: '4L', value: 'CN' })
})

test('GS1 elements are split by fixed lengths and separators, and need a right GTIN', () => {
  const elements = new Map([
    ['01', '04006381333931'],
    ['21', 'X1Y2'],
    ['10', 'LOT7'],
  ])
  expect(parseGs1('010400638133393121X1Y2\u001d10LOT7')).toEqual(elements)
  expect(parseGs1('(01)04006381333931(21)X1Y2(10)LOT7')).toEqual(elements)
  expect(parseGs1('010400638133393221X1Y2')).toBeNull()
})

test('folding joins exactly what readers confuse', () => {
  expect(foldConfusables('FOC2133V0AB')).toBe(foldConfusables('F0C2I33VOA8'))
  expect(foldConfusables('ABC')).not.toBe(foldConfusables('ABE'))
})

test('no parser throws on any text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (text) => {
      parseMac(text)
      parseReadMac(text)
      parseFccId(text)
      parseGs1(text)
      openEnvelope(`[)>06${text}`)
      splitIdentifier(text)
      isRetailCode(text)
      ciscoDate(text)
    }),
  )
})
