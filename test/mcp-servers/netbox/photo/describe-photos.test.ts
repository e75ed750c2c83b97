import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { sampleTruth } from '../../../../evals/worlds/sample-photo.ts'
import { catalogueTables, openCatalogue } from '../../../../mcp-servers/netbox/catalogue/catalogue.ts'
import { describePhotos, intakeReportSchema } from '../../../../mcp-servers/netbox/photo/describe-photos.ts'
import { samplePhotoFile, samplePhotoName } from '../../../../mcp-servers/netbox/photo/sample/sample-photo.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'

vi.setConfig({ testTimeout: 60_000 })

test('the sample photo shows its maker, model, serial and MAC, and a file that is no photo only costs a sentence', async () => {
  const catalogue = openCatalogue(openDatabase(':memory:', [catalogueTables]))
  const report = await describePhotos(
    [
      { name: samplePhotoName, bytes: new Uint8Array(readFileSync(samplePhotoFile)) },
      { name: 'notes.txt', bytes: new TextEncoder().encode('not a photo') },
    ],
    catalogue,
  )
  expect(intakeReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report)
  const fieldNamed = (name: string) => report.fields.find(({ field }) => field === name)
  expect(fieldNamed('manufacturer')?.value).toBe(sampleTruth.manufacturer)
  expect(fieldNamed('model')?.value).toBe(sampleTruth.model)
  expect(fieldNamed('serial')).toMatchObject({ value: sampleTruth.serial, conflict: false })
  expect(fieldNamed('serial')?.probability).toBeGreaterThan(0.9)
  expect(fieldNamed('mac_address')?.value).toBe(sampleTruth.macAddress)
  expect(report.photos[1]).toMatchObject({ kind: 'refused', name: 'notes.txt' })
  expect(report.gate.state).toBe('researched')
  expect(report.nextAction).not.toBe('')
})

test('no usable photo gives a report that asks for one', async () => {
  const catalogue = openCatalogue(openDatabase(':memory:', [catalogueTables]))
  const report = await describePhotos([{ name: 'empty.jpg', bytes: new Uint8Array(0) }], catalogue)
  expect(report.gate.state).toBe('needs_research')
  expect(report.nextAction).toContain('Add a photo of the label')
})
