import { expect, test } from 'vitest'
import { slugOf } from '../../../../mcp-servers/netbox/intake/desired-item.ts'

test.each([
  ['TP-Link Archer C7', 'tp-link-archer-c7'],
  ['Crème  Brûlée!', 'creme-brulee'],
  ['USW_Lite', 'usw_lite'],
  ['华为', 'u534e-u4e3a'],
  ['---', 'u2d-u2d-u2d'],
])('a name that NetBox takes in any letters gets a slug that it takes: %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
  expect(slugOf(name)).toMatch(/^[-a-z0-9_]+$/)
})

test('a long name gets a slug of at most 100 characters', () => {
  expect(slugOf('x'.repeat(300))).toHaveLength(100)
})
