import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codePicture } from '../../agent/models/code-picture.ts'
import type { ModelServer } from '../../agent/models/providers.ts'
import lookUps from '../../evals/cases/tools/look-ups.ts'
import { type LiveCase, liveCases } from '../../evals/live/live-cases.ts'
import { report } from '../../evals/live/live-command.ts'
import { runLive, type TriedModel } from '../../evals/live/live-run.ts'
import { openRunFolder, type RunFolder } from '../../evals/live/run-folder.ts'
import {
  openScriptedModel,
  type Rule,
  type ScriptedAs,
  type ScriptedServer,
} from '../../evals/models/scripted-model.ts'
import { call, fault, say } from '../../evals/models/steps.ts'
import { inventDevice } from '../../evals/worlds/made-up-device.ts'
import { openRandom } from '../../evals/worlds/random.ts'
import { namedServer } from '../support/named-providers.ts'

const find = (text: string) => call('netbox_find_item', { text })
const good: Rule[] = [
  { said: /core switch/, does: find('core-switch') },
  { got: /"serial":"(JW\w+)"/, does: (_, [, serial]) => say(`It is ${serial}.`) },
  { said: /nas in the cellar/, does: find('HW-00102') },
  { got: /"model":"([^"]+)"/, does: (_, [, model]) => say(`A ${model}.`) },
]
const weak: Rule[] = [
  { said: /./, does: call('netbox_look_everywhere', { thing: 'nas' }) },
  { got: /./, does: say('I could not find out.') },
]
const cases: LiveCase[] = lookUps.trials
  .filter(({ name }) => /core switch|nas in the cellar/.test(name))
  .map((trial) => ({ kind: 'trial', suite: 'tools', name: trial.name, trial }))

const one = cases.slice(0, 1)

let base: string
let open: ScriptedServer[]
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hwlab-live-'))
  open = []
})
afterEach(async () => {
  for (const server of open) await server.close()
  rmSync(base, { recursive: true })
})

async function model(
  id: string,
  rules: Rule[],
  as: ScriptedAs & { row?: Partial<ModelServer> } = {},
): Promise<ModelServer> {
  const server = await openScriptedModel(rules, { dialect: 'llama-server', ...as })
  open.push(server)
  return namedServer({ id, name: id, baseUrl: server.baseUrl, ...as.row })
}

const folderOf = (resume = false): RunFolder => {
  const folder = openRunFolder(base, resume, Date.UTC(2026, 10, 21))
  if (!folder) throw new Error('There is no run')
  return folder
}

function run(
  servers: ModelServer[],
  folder: RunFolder,
  with_: { budgetUsd?: number; timeBoxMs?: number; cases?: LiveCase[]; epochs?: number } = {},
) {
  return runLive({
    ...{ folder, servers, cases, epochs: 3, budgetUsd: 0.5, timeBoxMs: 600_000, ...with_ },
    ...{ nowMs: () => performance.now(), progress() {} },
  })
}

function reported(tried: TriedModel[], folder: RunFolder) {
  const table = report(tried, folder, 'quick')
  return { table, json: readFileSync(join(folder.path, 'report.json'), 'utf8') }
}

test('a good model and a weak one are told apart, and nothing in the report says where they are or what they were asked about', async () => {
  const folder = folderOf()
  const tried = await run([await model('good', good), await model('weak', weak)], folder, {
    cases: one,
    epochs: 1,
  })
  expect(tried.map(({ stopped }) => stopped)).toEqual([null, null])
  expect(folder.results().filter(({ end }) => end === 'passed')).toHaveLength(1)
  const { table, json } = reported(tried, folder)
  const [first, second] = JSON.parse(json).models
  expect(first).toMatchObject({
    ...{ model: 'good/scripted', server: 'llama-server', n: 1, passEach3: { hits: 0, of: 0 } },
    ...{ toolsNative: { hits: 1, of: 1 }, passAt1: { share: 1 }, verdict: 'Not enough tried' },
  })
  expect(second).toMatchObject({ n: 1, toolsValid: { hits: 0, of: 1 } })
  expect(JSON.parse(json).pairs).toMatchObject([{ cases: 1, difference: -1, verdict: 'not distinguishable' }])
  expect(table).toContain('weak/scripted beside good/scripted: −100.0 points')
  for (const place of ['127.0.0.1', 'http', 'JW0218420011', base, '/models/'])
    expect(table + json).not.toContain(place)
})

test('a call that a model writes into its text counts apart from those in its own field', async () => {
  const leaked = '<|tool_call>call:netbox_find_item{text:<|"|>core-switch<|"|>}<tool_call|>'
  const [, ...after] = good
  const server = await model('leaky', [{ said: /core switch/, does: say(leaked) }, ...after])
  const folder = folderOf()
  const row = JSON.parse(reported(await run([server], folder, { cases: one, epochs: 1 }), folder).json)
    .models[0]
  expect(row).toMatchObject({ toolsNative: { hits: 0, of: 1 }, toolsValid: { hits: 1, of: 1 } })
})

test('a model that dies in the middle is not held to have failed, and a resumed run asks only what is left', async () => {
  const folder = folderOf()
  let answered = 0
  let isDead = false
  const dying: Rule[] = good.map((rule) => ({
    ...rule,
    does(asked, found) {
      if (isDead) return fault({ kind: 'reset' })
      answered += 1
      if (answered === 2) isDead = true
      return typeof rule.does === 'function' ? rule.does(asked, found) : rule.does
    },
  }))
  const server = await model('dying', dying)
  const [tried] = await run([server], folder, { cases: one })
  expect(tried?.stopped).toBe('it stopped answering; --resume goes on')
  expect(folder.results().map(({ end }) => end)).toEqual(['passed', 'no-answer', 'no-answer'])

  isDead = false
  const again = folderOf(true)
  const [resumed] = await run([server], again, { cases: one })
  expect(resumed?.stopped).toBeNull()
  expect(again.results().filter(({ end }) => end === 'passed')).toHaveLength(3)
  expect(answered).toBe(6)
  expect(readdirSync(base)).toHaveLength(1)
})

test('a server that is switched off in the middle ends its part, and the next model is asked', async () => {
  const [, ...after] = good
  const leaving: Rule[] = [
    {
      said: /core switch/,
      async does() {
        await open[0]?.close()
        return say('It is')
      },
    },
    ...after,
  ]
  const folder = folderOf()
  const servers = [await model('leaving', leaving), await model('staying', good)]
  const tried = await run(servers, folder, { cases: one, epochs: 2 })
  expect(tried.map(({ stopped }) => stopped)).toEqual(['it is not there any more; --resume goes on', null])
  const ends = folder.results().map((result) => [result.model, result.end])
  expect(ends).toEqual([
    ['leaving/scripted', 'no-answer'],
    ['staying/scripted', 'passed'],
    ['staying/scripted', 'passed'],
  ])
})

test('a model that is too dear is asked nothing that the budget does not allow', async () => {
  const folder = folderOf()
  const dear = await model('dear', good, {
    where: 'cloud',
    row: {
      where: 'cloud',
      tier: 2,
      price: { inputUsdPerMillion: 900, outputUsdPerMillion: 900, imageUsd: 0 },
    },
  })
  const tried = await run([dear], folder, { budgetUsd: 0.01 })
  expect(folder.results()).toEqual([])
  expect(open[0]?.conversations()).toEqual([])
  expect(
    tried.every(({ stopped }) => /^the budget of \$0.01 does not allow a question/.test(stopped ?? '')),
  ).toBe(true)
})

test('the budget is one for a run and what goes on with it', async () => {
  const price = { inputUsdPerMillion: 20, outputUsdPerMillion: 20, imageUsd: 0 }
  const server = await model('paid', good, { where: 'cloud', row: { where: 'cloud', tier: 2, price } })
  const [tried] = await run([server], folderOf(), { budgetUsd: 0.4 })
  expect(tried?.stopped).toBe('the budget of $0.4 is spent')
  const before = folderOf(true).results()
  const asked = open[0]?.asked.length ?? 0
  expect(before.every(({ end, costUsd }) => end === 'passed' && costUsd > 0)).toBe(true)
  expect(before.length).toBeGreaterThan(0)
  await run([server], folderOf(true), { budgetUsd: 0.4 })
  expect(open[0]?.asked).toHaveLength(asked)
  await run([server], folderOf(true), { budgetUsd: 0.6 })
  expect(open[0]?.asked.length).toBeGreaterThan(asked)
})

test('a model that only reads photos is asked about photos, and called a reader', async () => {
  const device = inventDevice(
    openRandom(4),
    { manufacturer: 'Kestrel', model: 'KX-24', partNumber: null, inCatalogue: false },
    false,
  )
  const photo = async () => ({ device, bytes: await codePicture('AB', 14) })
  const photos = Array.from({ length: 5 }, (_, at): LiveCase => {
    return { kind: 'photo', suite: 'photos', name: `photo ${at}`, photo }
  })
  const reading = { manufacturer: 'Kestrel', model: 'Kestrel KX 24', serial: 'not the one' }
  const eyes = await model('eyes', [{ said: /./, does: say(JSON.stringify(reading)) }], {
    can: { tools: 'no', sightPixels: 28 },
  })
  const folder = folderOf()
  const tried = await run([eyes], folder, { cases: [...cases, ...photos], epochs: 1 })
  const row = JSON.parse(reported(tried, folder).json).models[0]
  expect(row).toMatchObject({ verdict: 'Reader only', n: 5, shows: { tools: 'no', smallestTextPixels: 28 } })
  expect(row.photos).toMatchObject({ model: { hits: 5, of: 5 }, serial: { hits: 0, of: 5 } })
})

test('trials of tools and of restraint and photos of labels judge a real model; a quick run takes a share of each', async () => {
  const all = await liveCases(1)
  const some = await liveCases(3)
  const count = (list: LiveCase[], suite: string) => list.filter((one) => one.suite === suite).length
  for (const suite of ['tools', 'restraint', 'photos']) {
    expect(count(all, suite)).toBeGreaterThanOrEqual(10)
    expect(count(some, suite)).toBeGreaterThanOrEqual(3)
  }
  const clean = all.find((one) => one.kind === 'photo' && one.name === 'clean')
  const photo = clean?.kind === 'photo' ? await clean.photo() : null
  expect(await sharp(photo?.bytes).metadata()).toMatchObject({ format: 'jpeg' })
  expect(photo?.device.serial).toMatch(/^[A-Z0-9]{7,}$/)
})

test('a run whose time is up says so, and what it has stands', async () => {
  const folder = folderOf()
  const [tried] = await run([await model('slow', good)], folder, { timeBoxMs: -1 })
  expect(tried?.stopped).toBe('the time is up; --resume goes on')
  expect(
    reported(
      [tried].flatMap((one) => one ?? []),
      folder,
    ).table,
  ).toContain('Not enough tried')
})
