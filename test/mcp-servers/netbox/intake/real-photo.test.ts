import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { easyPhoto } from '../../../../evals/worlds/identification-case.ts'
import { photographLabels } from '../../../../evals/worlds/label-photo.ts'
import type { DeviceTruth } from '../../../../evals/worlds/made-up-device.ts'
import { openRandom } from '../../../../evals/worlds/random.ts'
import { openPhotoReader } from '../../../../mcp-servers/netbox/photo/photo-reader.ts'
import type { PhotoReader } from '../../../../mcp-servers/netbox/photo/photo-reading.ts'
import { samplePhotoFile } from '../../../../mcp-servers/netbox/photo/sample/sample-photo.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

const device: DeviceTruth = {
  manufacturer: 'Ubiquiti',
  model: 'UniFi Switch Lite 16 PoE',
  partNumber: 'USW-Lite-16-PoE',
  serial: 'UBW2417K9Q2M1',
  macAddress: 'FC:EC:DA:11:22:33',
  fccId: null,
  ean: '4006381333931',
  inCatalogue: true,
}

let reader: PhotoReader
let lab: NetboxLab
beforeEach(async () => {
  reader = openPhotoReader({ workers: 1 })
  lab = await openNetboxLab({ photoReader: reader })
})
afterEach(async () => {
  await lab[Symbol.asyncDispose]()
  await reader.close()
})

async function whole(bytes: Uint8Array, sample: boolean) {
  const item = await lab.intake([await lab.upload(bytes, null, sample)])
  expect(item.state, JSON.stringify(item.fields, null, 1)).toBe('researched')
  const change = await lab.propose(item.id)
  await lab.decide(change)
  expect((await lab.ended(change.id)).state).toBe('done')
  expect(lab.printed).toEqual([{ tag: 'HW-00001', record: 'confirmed' }])
  return item
}

test('a photo of a label goes all the way to a confirmed record, read by the real readers', async () => {
  const photo = await photographLabels([device], { ...easyPhoto, codes: true }, openRandom(11))
  await whole(photo.jpeg, false)
  expect(await lab.records()).toMatchObject([
    { manufacturer: 'Ubiquiti', model: device.model, serial: device.serial, assetTag: 'HW-00001' },
  ])
}, 60_000)

test('the built-in sample photo goes all the way without a word typed', async () => {
  const item = await whole(await readFile(samplePhotoFile), true)
  expect(item.sample).toBe(true)
  expect(lab.parts.netbox.intake.labelFacts(item.id)?.sample).toBe(true)
}, 60_000)
