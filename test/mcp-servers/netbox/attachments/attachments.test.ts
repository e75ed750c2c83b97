import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  type Attachments,
  attachmentsMigrations,
  openAttachments,
} from '../../../../mcp-servers/netbox/attachments/attachments.ts'
import { type LabDatabase, openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../../support/fake-clock.ts'

let stateDir: string
let database: LabDatabase
let attachments: Attachments

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'hwlab-attachments-'))
  database = openDatabase(join(stateDir, 'hwlab.db'), [attachmentsMigrations])
  attachments = open()
})
afterEach(() => {
  database.close()
  rmSync(stateDir, { recursive: true })
})

test('a photo is stored once under the hash of its content and can be seen again', async () => {
  const bytes = await photo()
  const one = await attachments.store(bytes, 'label.png', false)
  const other = await attachments.store(bytes, 'again.png', false)
  if (one.kind !== 'stored' || other.kind !== 'stored') throw new Error('not stored')
  expect(one).toEqual({ kind: 'stored', attachmentId: one.attachmentId, widthPixels: 200, heightPixels: 100 })
  expect(other.attachmentId).not.toBe(one.attachmentId)
  expect(files()).toHaveLength(1)
  expect(files()[0]).toMatch(/^[0-9a-f]{64}\.jpg$/)
  expect(attachments.find(one.attachmentId)?.name).toBe('label.png')
  const view = await attachments.view(one.attachmentId, null)
  expect((await sharp(view ?? undefined).metadata()).format).toBe('jpeg')
})

test('only its owner can read a stored photo', async () => {
  await attachments.store(await photo(), 'label.png', false)
  expect(statSync(join(stateDir, 'attachments', files()[0] ?? '')).mode & 0o777).toBe(0o600)
})

test('a crop is clipped to the photo, and one outside of it is nothing', async () => {
  const stored = await attachments.store(await photo(), 'label.png', false)
  if (stored.kind !== 'stored') throw new Error('not stored')
  const view = (left: number, width: number) =>
    attachments.view(stored.attachmentId, { left, top: -10, width, height: 40 })
  const crop = await view(150, 500)
  expect(await sharp(crop ?? undefined).metadata()).toMatchObject({ width: 50, height: 30 })
  expect(await view(300, 10)).toBeNull()
  expect(await view(Number.NaN, Number.NaN)).toBeNull()
})

test('a file that is no photo is refused with a sentence, and nothing is kept', async () => {
  const refused = await attachments.store(Buffer.from('<svg/>'), 'label.svg', false)
  expect(refused.kind).toBe('refused')
  expect(files()).toEqual([])
})

test('an unknown photo is not there', async () => {
  expect(await attachments.view('nothing', null)).toBeNull()
  await expect(attachments.jpeg('nothing')).rejects.toThrow('Send it again')
})

test('what a crash left behind is swept at the next start, and photos stay', async () => {
  await attachments.store(await photo(), 'label.png', false)
  const folder = join(stateDir, 'attachments')
  writeFileSync(join(folder, `${'a'.repeat(64)}.x.part`), 'half')
  writeFileSync(join(folder, `${'b'.repeat(64)}.jpg`), 'no row names it')
  open()
  expect(files()).toHaveLength(1)
})

function open(): Attachments {
  return openAttachments({ database, clock: new FakeClock(), stateDir })
}

function files(): string[] {
  return readdirSync(join(stateDir, 'attachments'))
}

function photo(): Promise<Buffer> {
  return sharp({ create: { width: 200, height: 100, channels: 3, background: '#c0ffee' } })
    .png()
    .toBuffer()
}
