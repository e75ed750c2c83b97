import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../agent/config.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
function whys(environment: Record<string, string>): string {
  const read = readConfig(environment, folder)
  return read.kind === 'refused' ? read.whys.join('\n') : ''
}

test('nothing set is a whole configuration on this machine alone', () => {
  expect(readConfig({}, folder)).toEqual({
    kind: 'config',
    config: {
      stateDir: join(folder, 'data'),
      host: '127.0.0.1',
      port: 4610,
      readOnly: false,
      netbox: null,
      searxngUrl: null,
      openRouterKey: null,
      modelsFile: {
        path: join(folder, 'data', 'models.json'),
        isNamed: false,
        readKey: expect.any(Function),
      },
      logLevel: 'info',
      secrets: [],
    },
  })
})

test('a .env file is read, and the environment goes before it', () => {
  file('.env', 'HWLAB_PORT=5000\nSEARXNG_URL=http://search.lab/\nHWLAB_MODE=read-only\n')
  const read = readConfig({ HWLAB_PORT: '5001', NETBOX_URL: '' }, folder)
  expect(read).toMatchObject({
    config: { port: 5001, searxngUrl: 'http://search.lab', readOnly: true, netbox: null },
  })
})

test('a secret comes from its file, without the line end and the mark at its beginning', () => {
  const NETBOX_TOKEN_FILE = file('token', '\uFEFFnbt_abc.def\n')
  const read = readConfig({ NETBOX_URL: 'https://netbox.lab', NETBOX_TOKEN_FILE }, folder)
  expect(read).toMatchObject({ config: { netbox: { token: 'nbt_abc.def' }, secrets: ['nbt_abc.def'] } })
})

test.each([
  [{ NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'switches off every certificate check'],
  [
    { OPENROUTER_API_KEY: 'a', OPENROUTER_API_KEY_FILE: '/b' },
    'OPENROUTER_API_KEY and OPENROUTER_API_KEY_FILE are both set',
  ],
  [
    { NETBOX_TOKEN_FILE: '/not/there', NETBOX_URL: 'http://n' },
    'NETBOX_TOKEN_FILE names /not/there, which is not there',
  ],
  [{ NETBOX_URL: 'http://n' }, 'NETBOX_URL is set but NETBOX_TOKEN is not'],
  [{ NETBOX_TOKEN: 'abc' }, 'NETBOX_TOKEN is set but NETBOX_URL is not'],
  [{ NETBOX_URL: 'netbox', NETBOX_TOKEN: 'abc' }, 'NETBOX_URL is not a web address'],
  [{ SEARXNG_URL: 'http://me:pass@search.lab' }, 'must not hold a name or password'],
  [{ HWLAB_PORT: 'http' }, 'HWLAB_PORT must be a number'],
  [{ HWLAB_MODE: 'readonly' }, 'HWLAB_MODE can be read-only'],
])('%j is refused with a sentence', (environment, sentence) => {
  expect(whys(environment)).toContain(sentence)
})

test('everything that is wrong is said at once, without the secrets', () => {
  const said = whys({ HWLAB_PORT: 'x', HWLAB_MODE: 'y', NETBOX_TOKEN: 'very-secret-token' })
  expect(said.split('\n')).toHaveLength(3)
  expect(said).not.toContain('very-secret-token')
})
