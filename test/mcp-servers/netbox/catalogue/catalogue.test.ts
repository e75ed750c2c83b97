import { expect, test } from 'vitest'
import { catalogueTables, openCatalogue } from '../../../../mcp-servers/netbox/catalogue/catalogue.ts'
import { readStarterSet } from '../../../../mcp-servers/netbox/catalogue/starter-set.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'

const database = openDatabase(':memory:', [catalogueTables])
const catalogue = openCatalogue(database)
const best = (text: string) => catalogue.byModel(text).matches[0]?.entry.slug

test('the starter set has well over 300 device types, each with a source and a slug of its own', () => {
  const entries = readStarterSet()
  expect(entries.length).toBeGreaterThan(300)
  expect(new Set(entries.map(({ slug }) => slug)).size).toBe(entries.length)
  for (const entry of entries) {
    expect(entry.slug).toMatch(/^[a-z0-9-]{3,100}$/)
    expect(entry.source).toMatch(/^(community device-type library|vendor product page)$/)
    expect(entry.role).not.toBeNull()
  }
})

test('every starter device type is found by its own model and part number', () => {
  const lost = readStarterSet().filter(
    ({ slug, model, partNumber, manufacturer }) =>
      ![model, `${manufacturer} ${model}`, partNumber ?? model].every((name) =>
        catalogue.byModel(name).matches.some(({ entry }) => entry.slug === slug),
      ),
  )
  expect(lost.map(({ slug }) => slug)).toEqual([])
})

test('a model is found by its name, its part number, without its family word, and through confusable characters', () => {
  expect(best('UniFi Switch Lite 16 PoE')).toBe('ubiquiti-unifi-switch-lite-16-poe')
  expect(best('usw lite 16 poe')).toBe('ubiquiti-unifi-switch-lite-16-poe')
  expect(best('R730')).toBe('dell-poweredge-r730')
  expect(best('Dell PowerEdge R73O')).toBe('dell-poweredge-r730')
  expect(catalogue.byModel('Dell PowerEdge R73O').matches[0]).toMatchObject({ folded: true, score: 0.9 })
})

test('DS1821+ and DS1821 are told apart, and the margin says how clear a match is', () => {
  expect(catalogue.byModel('DS218+').matches[0]?.entry.model).toBe('DS218+')
  expect(catalogue.byModel('DS218').matches[0]?.entry.model).toBe('DS218')
  expect(catalogue.byModel('DS218').margin).toBeCloseTo(0.1)
  expect(catalogue.byModel('CRS309-1G-8S+IN').margin).toBe(1)
  expect(catalogue.byModel('no such thing 99')).toEqual({ matches: [], margin: 0 })
})

test('another model’s suffix does not fall back to a shorter name, a drive’s revision does', () => {
  expect(best('USW-Pro-24-Unknown')).toBeUndefined()
  expect(best('ST4000VN008-2DR166')).toBe('seagate-ironwolf-st4000vn008')
  expect(best('MZ-V8P1T0BW')).toBe('samsung-ssd-980-pro-1tb')
  expect(best('M393A4K40CB2-CTD8Q')).toBe('samsung-m393a4k40cb2-ctd')
})

test('search finds by words, by their beginnings, and by names written together', () => {
  const first = (text: string) => catalogue.search(text, 5).map(({ slug }) => slug)
  expect(first('lite 16')[0]).toBe('ubiquiti-unifi-switch-lite-16-poe')
  expect(first('lite16poe')[0]).toBe('ubiquiti-unifi-switch-lite-16-poe')
  expect(first('r730 xd')[0]).toBe('dell-poweredge-r730xd')
  expect(first('poweredge r7')).toContain('dell-poweredge-r720')
  expect(first('" OR * NEAR(')).toEqual([])
  expect(first('')).toEqual([])
  expect(catalogue.search('switch', 3)).toHaveLength(3)
})

test('the starter set is written once, and a second opening changes nothing', () => {
  const count = catalogue.count()
  database.prepare("delete from device_types where slug = 'dell-poweredge-r730'").run()
  expect(openCatalogue(database).count()).toBe(count - 1)
})
