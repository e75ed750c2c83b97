import { afterEach, beforeEach, expect, test } from 'vitest'
import { pluggedInDesk } from '../../../mcp-servers/desk/plugged-in.ts'
import { type DevicesLab, openDevicesLab } from '../../support/open-devices.ts'
import { type NetboxLab, openNetboxLab } from '../../support/open-netbox-server.ts'

const meter = {
  vendorId: '2e3c',
  productId: '5558',
  serial: 'B7A20114',
  manufacturer: 'FNIRSI',
  product: 'FNB-58',
  topology: '1-1',
  address: 3,
  classes: [3],
  nodes: [],
  ports: [],
  printerId: null,
}

let bench: DevicesLab
let lab: NetboxLab
beforeEach(async () => {
  bench = await openDevicesLab({ usb: { kind: 'listed', devices: [meter] } })
  lab = await openNetboxLab()
})
afterEach(async () => {
  await bench[Symbol.asyncDispose]()
  await lab[Symbol.asyncDispose]()
})

const startFrom = (key: string) =>
  pluggedInDesk(bench.devices, lab.parts.netbox)['device-intake']({ key }, 'operator')

async function started(key: string): Promise<string> {
  const answer = await startFrom(key)
  if (answer.kind === 'refused') throw new Error(answer.why)
  const [itemId = ''] = answer.value.itemIds
  await lab.parts.netbox.intake.settled(itemId)
  return itemId
}

test('an item is started from what is plugged in, once for one serial number', async () => {
  const itemId = await started('usb:2e3c:5558:B7A20114')
  expect(lab.field(itemId, 'serial')).toMatchObject({ value: 'B7A20114', conflict: false })
  expect(lab.field(itemId, 'manufacturer').value).toBe('FNIRSI')
  expect(await started('usb:2e3c:5558:B7A20114')).toBe(itemId)
})

test('a simulated device makes a sample item', async () => {
  await bench.devices.simulated.plug('meter', true)
  await bench.devices.listBench()
  const itemId = await started('simulated:meter')
  expect(lab.card(itemId)).toMatchObject({ sample: true })
})

test('a device that was pulled meanwhile is told', async () => {
  expect(await startFrom('usb:0000:0000@9')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('not plugged in any more'),
  })
})
