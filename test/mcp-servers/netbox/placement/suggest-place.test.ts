import { afterEach, beforeEach, expect, test } from 'vitest'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'
import { recordInInventory } from '../../../support/record-in-inventory.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const record = (endpoint: string, json: Record<string, unknown>) =>
  recordInInventory(lab.parts.inventory, endpoint, json)

/** A cellar with a rack whose power is nearly used up, and an attic with an empty one. */
async function home() {
  const site = await record('dcim/sites', { name: 'Home', slug: 'home' })
  const places: Record<string, { location: number; rack: number }> = {}
  for (const name of ['Cellar', 'Attic']) {
    const location = await record('dcim/locations', { name, slug: name.toLowerCase(), site })
    const rack = await record('dcim/racks', { name: `Rack ${name}`, site, location, u_height: 6 })
    places[name] = { location, rack }
  }
  const manufacturer = await record('dcim/manufacturers', { name: 'Acme', slug: 'acme' })
  const type = (model: string, u_height: number) =>
    record('dcim/device-types', { manufacturer, model, slug: model.toLowerCase(), u_height })
  const role = (name: string) => record('dcim/device-roles', { name, slug: name.toLowerCase() })
  const server = await role('Server')
  const r1 = await type('R1', 1)
  const disk = { device_type: await type('D1', 0), role: await role('Disk'), site }
  return { site, places, server, r1, disk }
}

async function fillCellar({ site, places, server, r1 }: Awaited<ReturnType<typeof home>>): Promise<void> {
  const { rack, location } = places.Cellar ?? { rack: 0, location: 0 }
  const panel = await record('dcim/power-panels', { site, name: 'P1' })
  await record('dcim/power-feeds', {
    ...{ power_panel: panel, rack, name: 'F1', voltage: 230, amperage: 4, max_utilization: 80 },
  })
  const device = await record('dcim/devices', {
    ...{ device_type: r1, role: server, site, location, rack, position: 1, face: 'front' },
    ...{ name: 'old', asset_tag: 'HW-90001' },
  })
  await record('dcim/power-ports', { device, name: 'PSU1', maximum_draw: 500 })
}

test('a server goes where power and units allow it, and the wanted rack is refused with its reason', async () => {
  const facts = await home()
  await fillCellar(facts)
  const device = await record('dcim/devices', {
    ...{ device_type: facts.r1, role: facts.server, site: facts.site, asset_tag: 'HW-90002' },
  })
  await record('dcim/power-ports', { device, name: 'PSU1', maximum_draw: 400 })
  expect(await lab.call('suggest_place', { thing: 'hw-90002', near: 'Rack Cellar' })).toEqual({
    kind: 'answer',
    output: {
      words: '1 U: 1 place, best first.',
      lines: [
        expect.stringMatching(/^For .*HW-90002/),
        'Rack Attic, unit 1 front (Attic): 6 of 6 units free. Not known: no power feed is recorded, so power is not checked; no outlets are recorded; which ports it has is not known, so switch ports are not checked',
        'No room in Rack Cellar: power would be 900 of 736 W rated',
      ],
    },
  })
})

test('a thing that stands in a rack already may stay there', async () => {
  await fillCellar(await home())
  const answer = await lab.call('suggest_place', { thing: 'HW-90001', near: 'Cellar' })
  expect(answer).toMatchObject({
    output: {
      lines: [
        expect.anything(),
        expect.stringMatching(/^Rack Cellar, unit 1 front .*500 of 736 W rated/),
        expect.anything(),
      ],
    },
  })
})

test('a loose part goes to the shelf where its role lies', async () => {
  const { disk, places } = await home()
  await record('dcim/devices', { ...disk, location: places.Attic?.location, asset_tag: 'HW-90003' })
  await record('dcim/devices', { ...disk, asset_tag: 'HW-90004' })
  expect(await lab.call('suggest_place', { thing: 'HW-90004' })).toMatchObject({
    output: {
      words: 'It does not go into a rack by itself: 1 place, best first.',
      lines: [
        expect.anything(),
        'Attic (Home): 1 with the role Disk lies there. Not known: how full it is is not recorded',
      ],
    },
  })
})

test('a draft and a model of the catalogue have a place too', async () => {
  await home()
  const lines = ['Ubiquiti', 'Model: USW-Lite-16-PoE', 'S/N: UB24X7K9Q2M1']
  const codes = [{ text: 'SUB24X7K9Q2M1' }]
  const draft = await lab.intake([await lab.photo(seenLabel({ codes, lines }))])
  for (const thing of [draft.id, 'PowerEdge R630'])
    expect(await lab.call('suggest_place', { thing })).toMatchObject({
      output: { words: '1 U: 2 places, best first.' },
    })
})

test('what nobody knows is refused, and so is a question to an inventory that is away', async () => {
  expect(await lab.call('suggest_place', { thing: 'zzz qqq' })).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('does not know what that is'),
  })
  await lab[Symbol.asyncDispose]()
  lab = await openNetboxLab({ wrapFetch: () => async () => new Response('<html>', { status: 502 }) })
  expect(await lab.call('suggest_place', { thing: 'PowerEdge R630' })).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('could not be read'),
  })
})

test('an answer about a house full of racks stays small', async () => {
  const site = await record('dcim/sites', { name: 'Home', slug: 'home' })
  for (let at = 0; at < 12; at += 1)
    await record('dcim/racks', { name: `Rack ${at} ${'x'.repeat(80)}`, site, u_height: at < 6 ? 1 : 42 })
  const answer = await lab.call('suggest_place', { thing: 'PowerEdge R720' })
  if (answer.kind === 'refused') throw new Error(answer.why)
  expect(answer.output.lines).toHaveLength(1 + 4 + 4)
  expect(JSON.stringify(answer.output).length / 4).toBeLessThanOrEqual(600)
})
