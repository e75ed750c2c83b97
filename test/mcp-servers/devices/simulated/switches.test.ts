import { expect, test } from 'vitest'
import { openDeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import type { SimulatedDevice } from '../../../../mcp-servers/devices/bench/simulated-device.ts'
import { meterClock } from '../../../../mcp-servers/devices/meters/meter-clock.ts'
import { printPlan } from '../../../../mcp-servers/devices/print-queue/print-plan.ts'
import { openSimulatedBench } from '../../../../mcp-servers/devices/simulated/simulated-bench.ts'
import { type DevicesLab, openDevicesLab } from '../../../support/open-devices.ts'
import { quietBench } from '../../../support/quiet-bench.ts'

const place = 'simulated:console'
const printer = 'printer:simulated'
const done = { kind: 'ok' }

function turn(lab: DevicesLab, device: string, switchId: string, position: string): void {
  expect(lab.devices.simulated.turn(device, switchId, position)).toEqual(done)
}

function view(lab: DevicesLab, id: string) {
  const found = lab.devices.simulated.views().find((one) => one.id === id)
  if (!found) throw new Error(`no ${id}`)
  return { ...found, positions: Object.fromEntries(found.switches.map((one) => [one.id, one.position])) }
}

async function look(lab: DevicesLab) {
  const looking = await lab.devices.consoles.look(place, { operator: 'operator', login: null })
  if (looking.kind === 'refused') throw new Error(looking.why)
  return looking.done
}

async function plugged(id: string): Promise<DevicesLab> {
  const lab = await openDevicesLab()
  expect(await lab.devices.simulated.plug(id, true)).toEqual(done)
  return lab
}

async function printerState(lab: DevicesLab): Promise<string | undefined> {
  const client = await lab.connect()
  const { structuredContent } = await client.callTool({ name: 'list_printers', arguments: {} })
  expect(structuredContent).toMatchObject({ printers: [{ printer_id: 'simulated' }, {}, {}] })
  return lab.devices.printers()[0]?.stateWords
}

test.concurrent.each([
  ['login', /^It asks for a login\./],
  ['provisioning', /^It has no configuration and waits before automatic provisioning\./],
  ['setup', /offers its setup dialog\. HWLab answers no dialog/],
  ['boot-loader', /^It stands in its boot loader/],
])('a console that stands at %s is told apart, and nothing is typed there', async (position, words) => {
  await using lab = await plugged('console')
  turn(lab, 'console', 'place', position)
  const session = await look(lab)
  expect(session.words).toMatch(words)
  expect(session.transcript).not.toMatch(/show version|\byes\b\r?\n/)
})

test.concurrent('a console at another speed is found at that speed', async () => {
  await using lab = await plugged('console')
  turn(lab, 'console', 'speed', '115200')
  expect(await look(lab)).toMatchObject({ baudRate: 115_200, words: expect.stringContaining('SIM0000S001') })
})

test.concurrent('a console that is plugged in elsewhere is known again, and stands where it stood', async () => {
  await using lab = await plugged('console')
  turn(lab, 'console', 'place', 'boot-loader')
  const ended = Promise.withResolvers<string>()
  const opened = await lab.devices.consoles.openTerminal({
    ...{ place, baudRate: 9600, operator: 'operator', onBytes: () => {} },
    onEnd: ended.resolve,
  })
  expect(opened.kind).toBe('open')
  expect(await lab.devices.simulated.move('console')).toEqual(done)
  expect(await ended.promise).toMatch(/unplugged/)
  expect(lab.devices.consoles.places()).toMatchObject([{ place, simulated: true, usedFor: null }])
  expect((await look(lab)).words).toMatch(/boot loader/)
})

test.concurrent('a device that two pages plug in at once is plugged in once', async () => {
  const registry = await openDeviceRegistry({
    enumerate: async () => ({ kind: 'listed', devices: [] }),
    ...quietBench,
  })
  const lines = new Set<unknown>()
  const counting = {
    ...registry,
    plugIn(device: SimulatedDevice) {
      lines.add(device.line)
      registry.plugIn(device)
    },
  }
  const simulated = await openSimulatedBench(counting, meterClock(quietBench.clock), () => {})
  await Promise.all([simulated.plug('console', true), simulated.plug('console', true)])
  expect(lines.size).toBe(1)
  await registry.close()
  await simulated.close()
})

test.concurrent('a device that is plugged in again does nothing wrong any more', async () => {
  await using lab = await plugged('meter')
  turn(lab, 'meter', 'line', 'silent')
  expect(view(lab, 'meter')).toMatchObject({ plugged: true, movable: true, positions: { line: 'silent' } })
  await lab.devices.simulated.plug('meter', false)
  await lab.devices.simulated.plug('meter', true)
  expect(view(lab, 'meter').positions).toEqual({ line: 'works' })
})

test.concurrent.each([
  ['silent', 'It sends nothing'],
  ['damaged', 'Live, with damaged packets'],
])('a meter that is put wrong (%s) is shown as what it is', async (position, words) => {
  await using lab = await plugged('meter')
  const { meters } = lab.devices
  const watched = meters.watch('simulated:meter', () => {})
  const state = () => meters.views()[0]?.stateWords
  await expect.poll(state).toBe('Live')
  turn(lab, 'meter', 'line', position)
  await expect.poll(state, { timeout: 10_000 }).toBe(words)
  if (watched.kind === 'watching') watched.stop()
})

test.concurrent('a meter that freezes when it is asked once a second is read all the same, with a gap', async () => {
  await using lab = await plugged('meter')
  turn(lab, 'meter', 'line', 'freezes')
  const { signal } = new AbortController()
  const read = await lab.devices.meters.read('simulated:meter', 2500, signal)
  expect(read).toMatchObject({ kind: 'measured' })
  expect(read.kind === 'measured' ? read.missingSeconds : 0).toBeGreaterThan(0.2)
})

test.concurrent('a printer says what is wrong with it, whatever a person turns', async () => {
  await using lab = await openDevicesLab()
  const told: Record<string, string | undefined> = {}
  for (const [switchId, position, back] of [
    ['cover', 'open', 'closed'],
    ['labels', 'used-up', 'loaded'],
    ['answers', 'silence', 'whole'],
    ['answers', 'garbage', 'whole'],
    ['answers', 'slowly', 'whole'],
  ] as const) {
    turn(lab, printer, switchId, position)
    expect(lab.devices.printers()[0]?.stateWords).toBe('Asking the printer…')
    told[position] = await printerState(lab)
    turn(lab, printer, switchId, back)
  }
  expect(told).toEqual({
    open: 'The cover is open.',
    'used-up': 'No label roll is loaded.',
    silence: 'The printer does not answer. Switch it off and on.',
    garbage: 'It answers, but not as a Brother QL does. Check its driver in printers.json.',
    slowly: 'Ready, 62 mm continuous',
  })
  expect(await printerState(lab)).toBe('Ready, 62 mm continuous')
})

test.concurrent('a printer without power cannot be reached, and prints again when it is back', async () => {
  await using lab = await openDevicesLab()
  expect(view(lab, printer)).toMatchObject({ plugged: true, movable: false })
  expect(await lab.devices.simulated.plug(printer, false)).toEqual(done)
  expect(view(lab, printer).plugged).toBe(false)
  expect(await printerState(lab)).toMatch(/refuses connections/)
  expect(await lab.devices.simulated.plug(printer, true)).toEqual(done)
  expect(await printerState(lab)).toBe('Ready, 62 mm continuous')
})

test.concurrent('what happens during the next label happens once, and a person is asked what came out', async () => {
  await using lab = await openDevicesLab()
  turn(lab, printer, 'next', 'power-loss')
  expect(view(lab, printer).positions.next).toBe('power-loss')
  const change = lab.approvals.file(
    printPlan({
      ...{ tag: 'HW-00001', printerId: 'simulated', printerName: 'Simulated', title: 'Print', warnings: [] },
    }),
    { server: 'devices', tool: 'print_label', requester: 'operator:operator' },
  )
  await lab.approvals.decide({
    ...{ changeId: change.id, digest: change.digest, decision: 'approve', leaveOut: [] },
    ...{ operator: 'operator', channel: 'chat-card' },
  })
  await lab.devices.idle()
  expect(lab.devices.printJobs()).toMatchObject([
    { tone: 'ask', actions: expect.arrayContaining(['label-came-out']) },
  ])
  expect(view(lab, printer).positions.next).toBe('nothing')
})

test.concurrent('what is not there cannot be turned, and says so', async () => {
  await using lab = await openDevicesLab()
  const { simulated } = lab.devices
  const unknown = { kind: 'refused', why: 'There is no such simulated device. Reload the page.' }
  expect(simulated.turn('printer:png', 'cover', 'open')).toEqual(unknown)
  expect(simulated.turn('meter', 'line', 'on-fire')).toEqual(unknown)
  expect(await simulated.plug('printer:png', false)).toEqual(unknown)
  expect(await simulated.move(printer)).toEqual(unknown)
  const out = {
    kind: 'refused',
    why: 'This simulated device is not plugged in. Plug it in first.',
  }
  expect(simulated.turn('meter', 'line', 'silent')).toEqual(out)
  expect(await simulated.move('meter')).toEqual(out)
})
