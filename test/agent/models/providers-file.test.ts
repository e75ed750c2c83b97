import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from '../../../agent/config.ts'
import { openProviders, type Providers } from '../../../agent/models/open-providers.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'

let folder: string
let providers: Providers | null = null
const secrets: string[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-providers-'))
})
afterEach(() => {
  providers?.close()
  providers = null
  secrets.length = 0
  rmSync(folder, { recursive: true })
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)

function open(file: unknown, environment: Record<string, string> = {}): Providers {
  write('models.json', typeof file === 'string' ? file : JSON.stringify(file))
  const read = readConfig({ HWLAB_MODELS: 'models.json', ...environment }, folder)
  if (read.kind === 'refused') throw new Error(read.whys.join(' '))
  providers = openProviders({ file: read.config.modelsFile, clock: systemClock, secrets })
  return providers
}
const named = (from: Providers) => from.servers().filter(({ baseUrl }) => !baseUrl.includes('127.0.0.1'))

/** Resolves at the next change of the file that HWLab noticed. */
const noticed = (from: Providers) => new Promise<void>((resolve) => from.watch(resolve))

const attic = { name: 'Attic', baseUrl: 'http://10.0.0.5:8000/v1/' }

test('a row is a model server, with its key from a file or a variable', () => {
  write('key', '\uFEFFsk-from-a-file\n')
  const from = open(
    {
      servers: [
        { ...attic, keyFile: 'key', quirks: ['whole-tools'] },
        {
          name: 'Strong',
          baseUrl: 'https://api.maker.example/v1',
          tier: 3,
          keyVariable: 'MAKER_KEY',
          model: 'big',
        },
      ],
    },
    { MAKER_KEY: 'sk-from-a-variable' },
  )
  expect(named(from)).toMatchObject([
    { id: 'attic', baseUrl: 'http://10.0.0.5:8000/v1', where: 'local', tier: 1, apiKey: 'sk-from-a-file' },
    { id: 'strong', where: 'cloud', tier: 3, apiKey: 'sk-from-a-variable', only: ['big'] },
  ])
  expect(secrets).toEqual(['sk-from-a-file', 'sk-from-a-variable'])
  expect(from.view()).toMatchObject({
    tone: 'good',
    stateWords: expect.stringMatching(/^Read at .*, 2 servers$/),
  })
})

test('a row that names the address of a known server takes its place, so any tier can be another model', () => {
  const baseUrl = 'https://openrouter.ai/api/v1'
  const from = open(
    { servers: [{ name: 'Mine', baseUrl, tier: 2, model: 'maker/small' }] },
    {
      OPENROUTER_API_KEY: 'sk-or-one',
    },
  )
  expect(from.servers().filter((server) => server.where === 'cloud')).toMatchObject([
    { id: 'mine', only: ['maker/small'] },
  ])
})

test('a key that was renewed in its file is in effect when it is asked for, and is told in no log', () => {
  write('or.key', 'sk-or-one')
  const from = open({ servers: [] }, { OPENROUTER_API_KEY_FILE: 'or.key' })
  const keys = () => new Set(from.servers().map(({ apiKey }) => apiKey))
  expect(keys()).toEqual(new Set([null, 'sk-or-one']))
  write('or.key', 'sk-or-two')
  from.reload()
  expect(keys()).toEqual(new Set([null, 'sk-or-two']))
  expect(secrets).toEqual(['sk-or-one', 'sk-or-two'])
})

test('localhost is this machine: a row with its address takes the place of the server found there', () => {
  const from = open({
    servers: [{ name: 'Mine', baseUrl: 'http://localhost:11434/v1', quirks: ['no-tools'] }],
  })
  expect(from.servers().filter(({ baseUrl }) => baseUrl.includes('11434'))).toMatchObject([{ id: 'mine' }])
})

test('every server has a key of its own, whatever it is called', () => {
  const servers = ['机架', '书房', 'Küche', 'Kuche', 'Ollama', 'OpenRouter'].map((name, at) => ({
    ...{ name, baseUrl: `http://10.0.0.${at + 1}:8000/v1` },
  }))
  const from = open({ servers }, { OPENROUTER_API_KEY: 'sk-or-one' })
  const places = new Map<string, Set<string>>()
  for (const { id, baseUrl } of from.servers()) places.set(id, (places.get(id) ?? new Set()).add(baseUrl))
  expect([...places].filter(([id, urls]) => id === '' || urls.size > 1)).toEqual([])
  expect(places.size).toBe(6 + 5 + 1)
})

test.each([
  ['http://192.168.1.9:1234/v1', 'local'],
  ['http://mac.local:8000/v1', 'local'],
  ['http://models:8000/v1', 'local'],
  ['http://100.72.1.4:8000/v1', 'local'],
  ['http://[fd12:3456::1]:8000/v1', 'local'],
  ['https://models.example.com/v1', 'cloud'],
  ['http://172.32.0.1/v1', 'cloud'],
  ['https://10.example.com/v1', 'cloud'],
  ['https://192.168.1.9.example.com/v1', 'cloud'],
  ['https://[2606:4700::1111]/v1', 'cloud'],
])('%s counts as %s when the row does not say', (baseUrl, where) => {
  const from = open({ servers: [{ name: 'x', baseUrl }] })
  expect(from.servers()[0]).toMatchObject({ where })
})

test.each<[string, unknown, string]>([
  ['broken JSON', '{"servers": [\n{"name": "x",}]}', 'It is not JSON: look at line 2.'],
  [
    'an unknown field',
    { servers: [{ ...attic, teir: 2 }] },
    'Server 1: “teir” is not known here. Known are name,',
  ],
  [
    'a key written down',
    { servers: [{ ...attic, apiKey: 'sk-secret' }] },
    'a key is not written into this file',
  ],
  [
    'a wrong tier',
    { servers: [attic, { ...attic, name: 'b', tier: 9 }] },
    'Server 2: “tier” is missing or wrong',
  ],
  ['two of one name', { servers: [attic, { ...attic, name: 'ATTIC' }] }, 'Two servers are called “ATTIC”'],
  [
    'two of nearly one name',
    { servers: [attic, { ...attic, name: 'Attic!' }] },
    'Two servers are called “Attic!”',
  ],
  ['a name without a letter', { servers: [{ ...attic, name: '!' }] }, '“name” is missing or wrong'],
  [
    'a key in the address',
    { servers: [{ name: 'x', baseUrl: 'http://h/v1?key=sk-secret' }] },
    'take what follows the “?” out of its address',
  ],
  ['a variable that is not set', { servers: [{ ...attic, keyVariable: 'NO_KEY' }] }, 'NO_KEY is not set'],
  [
    'a key file that is not there',
    { servers: [{ ...attic, keyFile: 'none' }] },
    'its “keyFile” is not there',
  ],
  [
    'a password in the address',
    { servers: [{ name: 'x', baseUrl: 'http://me:pw@h/v1' }] },
    'take the name and password out',
  ],
  ['another shape', [attic], '{"servers": [{"name": "Attic"'],
])('%s is told with a sentence, and HWLab starts all the same', (_, file, sentence) => {
  const view = open(file).view()
  expect(view).toMatchObject({ tone: 'bad', fix: expect.stringContaining(sentence) })
  expect(JSON.stringify(view)).not.toMatch(/sk-secret|:pw@/)
})

test('without a file only the known ports are looked at, and a named file that is missing is told', () => {
  const at = (isNamed: boolean) =>
    openProviders({
      file: { path: join(folder, 'none.json'), isNamed, readKey: () => ({ kind: 'missing', why: '' }) },
      ...{ clock: systemClock, secrets },
    })
  providers = at(false)
  expect([providers.view(), providers.servers().map(({ name }) => name)]).toEqual([
    null,
    ['Ollama', 'LM Studio', 'oMLX', 'llama-server', 'llama-server'],
  ])
  providers.close()
  providers = at(true)
  expect(providers.view()).toMatchObject({ fix: expect.stringContaining('which is not there') })
})

test('a saved file is in effect without a restart; a wrong one leaves the last good one in effect', async () => {
  const from = open({ servers: [attic] })
  let change = noticed(from)
  write('models.json', JSON.stringify({ servers: [attic, { name: 'b', baseUrl: 'http://10.0.0.6/v1' }] }))
  await change
  expect(named(from).map(({ id }) => id)).toEqual(['attic', 'b'])

  change = noticed(from)
  write('new', '{"servers": ')
  renameSync(join(folder, 'new'), join(folder, 'models.json'))
  await change
  expect(named(from).map(({ id }) => id)).toEqual(['attic', 'b'])
  expect(from.view()?.fix).toContain('Until then the last good one stays in effect, 2 servers.')
})

test('the file that the manual shows is a good one', () => {
  write('strong.key', 'sk-strong')
  const manual = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'models.md'), 'utf8')
  const from = open(/```json\n([\s\S]*?)```/.exec(manual)?.[1] ?? '', { OPENROUTER_API_KEY: 'sk-or-1' })
  expect(from.view()).toMatchObject({ tone: 'good' })
  expect(named(from).map(({ tier, where }) => `${where} ${tier}`)).toEqual([
    'local 1',
    'local 1',
    'cloud 2',
    'cloud 3',
  ])
})
