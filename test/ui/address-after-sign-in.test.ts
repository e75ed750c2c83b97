import { expect, test } from 'vitest'
import { addressAfterSignIn } from '../../ui/address-after-sign-in.ts'

const origin = 'http://127.0.0.1:4610'

test.each([
  ['?next=%2Fc%2F01JABC', `${origin}/c/01JABC`],
  ['?next=%2Fa%2FHW-00007', `${origin}/a/HW-00007`],
  ['?next=%2F%3Fitem%3D1', `${origin}/?item=1`],
  ['', `${origin}/`],
])('signing in at %s goes on to %s', (search, address) => {
  expect(addressAfterSignIn(search, origin)).toBe(address)
})

test.each([
  '//evil.example/x',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  'https://evil.example/',
  'https:evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/.//evil.example',
  '/..//evil.example',
  'evil.example',
  '@evil.example',
  '//127.0.0.1:4610@evil.example',
])('signing in never leads away from this HWLab: %s', (next) => {
  const address = addressAfterSignIn(`?next=${encodeURIComponent(next)}`, origin)
  expect(address.startsWith(`${origin}/`)).toBe(true)
  expect(new URL(address).origin).toBe(origin)
})
