import type { Client } from '@modelcontextprotocol/client'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type DevicesLab, labelFacts, openDevicesLab } from '../../support/open-devices.ts'

const verdictsSchema = z.object({ tests: z.array(z.object({ verdict: z.string() })) })
const waitingSchema = z.looseObject({ outcome: z.string(), change_id: z.string() })

async function askToPrint(client: Client, args: { tag: string; printer_id?: string }) {
  const result = await client.callTool({ name: 'print_label', arguments: args })
  return waitingSchema.parse(result.structuredContent)
}

/** A person approves what the client asked for; resolves when the printer is done. */
async function approve(lab: DevicesLab, changeId: string) {
  const change = lab.approvals.get(changeId)
  if (!change) throw new Error('no such change')
  const decided = await lab.approvals.decide({
    changeId,
    digest: change.digest,
    decision: 'approve',
    leaveOut: [],
    operator: 'operator',
    channel: 'chat-card',
  })
  await lab.devices.idle()
  return decided
}

function refusalOf(result: { isError?: boolean | undefined; content: unknown }): string {
  expect(result.isError).toBe(true)
  return z.array(z.object({ text: z.string() })).parse(result.content)[0]?.text ?? ''
}

describe('print_label', () => {
  test('asks a person first, then prints, and says printed only because the printer did', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    const asked = await askToPrint(client, { tag: 'HW-00001' })
    expect(asked.outcome).toBe('waiting')
    expect(lab.devices.printJobs()).toEqual([])
    await approve(lab, asked.change_id)
    expect(lab.approvals.get(asked.change_id)).toMatchObject({
      state: 'done',
      steps: [{ state: 'done', outcome: 'The label was printed (simulated).' }],
    })
    expect(lab.devices.printJobs()).toMatchObject([
      { tag: 'HW-00001', stateWords: 'Printed (simulated)', tone: 'good', actions: ['reprint', 'void'] },
    ])
  })

  test('refuses a record that is not confirmed yet, and says what it waits for', async () => {
    await using lab = await openDevicesLab()
    lab.records.set('HW-00002', { kind: 'waiting', why: 'NetBox is away since 14:02.' })
    const client = await lab.connect()
    const result = await client.callTool({ name: 'print_label', arguments: { tag: 'HW-00002' } })
    expect(refusalOf(result)).toContain('NetBox is away since 14:02.')
    expect(lab.approvals.open()).toEqual([])
  })

  test('refuses a tag that is not in the inventory', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    const result = await client.callTool({ name: 'print_label', arguments: { tag: 'HW-99999' } })
    expect(refusalOf(result)).toContain('HW-99999 is not in the inventory')
  })

  test('says honestly that a PRT Qutie cannot be printed on, and the way out', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    const result = await client.callTool({
      name: 'print_label',
      arguments: { tag: 'HW-00001', printer_id: 'PRT Qutie' },
    })
    expect(refusalOf(result)).toMatch(/no printable USB interface.*“png”/)
  })

  test('fails with the open cover as the reason, and prints nothing', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    expect(lab.devices.simulated.turn('printer:simulated', 'cover', 'open')).toEqual({ kind: 'ok' })
    const asked = await askToPrint(client, { tag: 'HW-00001', printer_id: 'simulated' })
    await approve(lab, asked.change_id)
    expect(lab.approvals.get(asked.change_id)).toMatchObject({ state: 'failed' })
    expect(lab.devices.printJobs()).toMatchObject([
      { stateWords: 'Failed: The cover is open.', fileUrl: null, tone: 'bad' },
    ])
  })

  test('warns when a label for the tag is already out, when it is simulated, and when it is the sample', async () => {
    await using lab = await openDevicesLab()
    lab.records.set('HW-00001', { kind: 'confirmed', facts: { ...labelFacts('HW-00001'), sample: true } })
    const client = await lab.connect()
    await approve(lab, (await askToPrint(client, { tag: 'HW-00001', printer_id: 'simulated' })).change_id)
    const again = await askToPrint(client, { tag: 'HW-00001', printer_id: 'simulated' })
    expect(lab.approvals.get(again.change_id)?.warnings).toEqual([
      'This is the sample item: the label says SAMPLE.',
      'This printer is simulated: no paper comes out.',
      'There is already a print job for HW-00001: Printed (simulated).',
    ])
  })
})

describe('the reading tools', () => {
  test('list_printers tells what each printer answers and which one is the standard', async () => {
    await using lab = await openDevicesLab()
    lab.devices.simulated.turn('printer:simulated', 'cover', 'open')
    const client = await lab.connect()
    const result = await client.callTool({ name: 'list_printers', arguments: {} })
    expect(result.structuredContent).toMatchObject({
      printers: [
        { printer_id: 'simulated', state: 'The cover is open.', simulated: true, standard: true },
        { printer_id: 'png', state: 'Ready, saves files of 62 × 29 mm', simulated: false, standard: false },
        { printer_id: 'pdf', simulated: false },
      ],
      not_possible: [{ name: 'PRT Qutie' }],
    })
  })

  test('list_devices shows what is plugged in by its identity', async () => {
    await using lab = await openDevicesLab({
      usb: {
        kind: 'listed',
        devices: [
          {
            vendorId: '2e3c',
            productId: '5558',
            serial: 'A1B2',
            manufacturer: 'FNIRSI',
            product: 'USB Tester',
            topology: '1-2',
            address: 4,
            classes: [239],
            nodes: [],
            ports: [],
            printerId: null,
          },
        ],
      },
    })
    const client = await lab.connect()
    const result = await client.callTool({ name: 'list_devices', arguments: {} })
    expect(result.structuredContent).toMatchObject({
      devices: [{ key: 'usb:2e3c:5558:A1B2', name: 'FNIRSI FNB58', ids: '2e3c:5558, serial A1B2' }],
      more: 0,
      note: null,
    })
  })

  test('read_meter reads the meter that is plugged in, and says that it is simulated', async () => {
    await using lab = await openDevicesLab()
    await lab.devices.simulated.plug('meter', true)
    const client = await lab.connect()
    const result = await client.callTool({ name: 'read_meter', arguments: { seconds: 0.3 } })
    expect(result.structuredContent).toMatchObject({
      meter: 'Simulated FNB58 meter (simulated)',
      values: expect.arrayContaining([expect.stringMatching(/^\d\.\d{4} V on average \(\d/)]),
    })
  })

  test('read_meter without a meter says where to plug one in', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    const result = await client.callTool({ name: 'read_meter', arguments: {} })
    expect(result.isError).toBe(true)
    expect(JSON.stringify(result.content)).toContain('port named PC')
  })

  test('list_devices says why nothing can be listed', async () => {
    await using lab = await openDevicesLab({ usb: { kind: 'not-possible', why: 'No USB bus here.' } })
    const client = await lab.connect()
    const result = await client.callTool({ name: 'list_devices', arguments: {} })
    expect(result.structuredContent).toMatchObject({ devices: [], note: 'No USB bus here.' })
  })

  test('preview_label says what will stand on the label', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    const result = await client.callTool({
      name: 'preview_label',
      arguments: { tag: 'HW-00001', printer_id: 'pdf' },
    })
    expect(result.structuredContent).toEqual({
      tag: 'HW-00001',
      name: 'Dell OptiPlex 7050 Micro',
      spec_line: 'i5-7500T · 16 GB · 256 GB SSD',
      code_leads_to: 'http://192.168.1.20:4610/a/HW-00001',
      media: '62 × 29 mm',
      printer: 'PDF file',
      sample: false,
    })
  })

  test('print_jobs tells what became of the jobs of one tag', async () => {
    await using lab = await openDevicesLab()
    const client = await lab.connect()
    await approve(lab, (await askToPrint(client, { tag: 'HW-00001', printer_id: 'png' })).change_id)
    const result = await client.callTool({ name: 'print_jobs', arguments: { tag: 'HW-00001' } })
    expect(result.structuredContent).toMatchObject({
      jobs: [{ tag: 'HW-00001', printer: 'PNG file', state: 'Saved as a file' }],
    })
    const other = await client.callTool({ name: 'print_jobs', arguments: { tag: 'HW-00009' } })
    expect(other.structuredContent).toEqual({ jobs: [] })
  })
})

describe('cable_tests', () => {
  const pins = ['1', '2', '3', '4', '5', '6', '7', '8']
  function enter(lab: DevicesLab, open: string[]): string {
    const entry = Object.fromEntries(pins.map((pin) => [pin, open.includes(pin) ? [] : [pin]]))
    const wish = { wiringId: 'rj45-straight', shieldExpected: false, photoIds: [], operator: 'operator' }
    const entered = lab.devices.cableTests.enter({ ...wish, entry })
    if (entered.kind === 'refused') throw new Error(entered.why)
    return entered.id
  }
  async function verdicts(lab: DevicesLab, args: { tag?: string; most?: number }): Promise<string[]> {
    const result = await (await lab.connect()).callTool({ name: 'cable_tests', arguments: args })
    const { tests } = verdictsSchema.parse(result.structuredContent)
    return tests.map(({ verdict }) => verdict)
  }

  test('tells each verdict with its cable, its tester and what was not tested', async () => {
    await using lab = await openDevicesLab()
    const id = enter(lab, ['4'])
    const result = await (await lab.connect()).callTool({ name: 'cable_tests', arguments: {} })
    expect(result.structuredContent).toEqual({
      tests: [
        {
          test_id: id,
          verdict: 'Pin 4 open — FAIL',
          not_seen: 'Split pairs were not tested.',
          cable: 'RJ45 straight-through',
          tester: 'Entered by hand',
          of: '',
          at: expect.stringMatching(/Z$/),
        },
      ],
    })
  })

  test('tells those of one thing, by its tag: of the item itself and of a cable at it', async () => {
    await using lab = await openDevicesLab()
    const [own, cable] = [enter(lab, ['1']), enter(lab, ['2'])]
    enter(lab, ['3'])
    lab.devices.cableTests.attach(own, 'item-1')
    lab.devices.cableTests.putOnCable(cable, {
      ...{ id: 12, words: 'core-1 Gi1/0/1 – ap-2 eth0', tags: ['HW-00007', 'HW-00001'] },
    })
    expect(await verdicts(lab, { tag: 'hw-00001' })).toEqual(['Pin 2 open — FAIL', 'Pin 1 open — FAIL'])
    expect(await verdicts(lab, { tag: 'HW-00007' })).toEqual(['Pin 2 open — FAIL'])
    expect(await verdicts(lab, { tag: 'HW-00009' })).toEqual([])
  })

  test('tells the newest ones only, however many there are', async () => {
    await using lab = await openDevicesLab()
    for (const pin of [...pins, ...pins]) enter(lab, [pin])
    expect(await verdicts(lab, { most: 1 })).toEqual(['Pin 8 open — FAIL'])
    expect(await verdicts(lab, { most: 1000 })).toHaveLength(8)
    expect(await verdicts(lab, { most: -1 })).toHaveLength(1)
  })
})
