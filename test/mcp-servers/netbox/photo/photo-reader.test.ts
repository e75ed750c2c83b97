import sharp from 'sharp'
import { afterAll, expect, test, vi } from 'vitest'
import { openPhotoReader } from '../../../../mcp-servers/netbox/photo/photo-reader.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { photographTestLabel, testDevice } from '../../../support/label-photo.ts'

vi.setConfig({ testTimeout: 60_000 })

const reader = openPhotoReader({ workers: 1, limitMs: 120_000 })
afterAll(() => reader.close())

const never = new AbortController().signal
const read = (jpeg: Uint8Array) => reader.read(jpeg, () => {}, never)

/** A seed whose label has a code for the serial and one for the MAC address. */
const withCodes = 7

test('codes are decoded and print is read, with boxes inside the photo, and both stages are announced', async () => {
  const photo = await photographTestLabel(withCodes)
  const heard: string[] = []
  const reading = await reader.read(photo.jpeg, (stage, words) => heard.push(`${stage}: ${words}`), never)
  expect(photo.codeTexts.length).toBeGreaterThan(0)
  expect(reading.codes.map((code) => code.text).sort()).toEqual([...photo.codeTexts].sort())
  expect(reading.lines.map((line) => line.text).join('\n')).toContain(testDevice.serial)
  for (const { box } of [...reading.codes, ...reading.lines]) {
    expect(box.left).toBeGreaterThanOrEqual(0)
    expect(box.left + box.width).toBeLessThanOrEqual(reading.widthPixels)
    expect(box.top + box.height).toBeLessThanOrEqual(reading.heightPixels)
    expect(Math.min(box.width, box.height)).toBeGreaterThan(0)
  }
  expect(heard[0]).toBe('codes: Reading codes…')
  expect(heard[1]).toMatch(/^codes: \d codes?$/)
  expect(heard[2]).toBe('text: Reading label…')
  expect(heard[3]).toMatch(/^text: \d+ lines$/)
})

test.each([90, 180, 270])('a label that was photographed turned by %i degrees is read', async (degrees) => {
  const photo = await photographTestLabel(withCodes)
  const turned = await sharp(photo.jpeg).rotate(degrees).jpeg().toBuffer()
  const reading = await read(new Uint8Array(turned))
  expect(reading.codes.map((code) => code.text).sort()).toEqual([...photo.codeTexts].sort())
  expect(reading.lines.map((line) => line.text).join('\n')).toContain(testDevice.serial)
})

test('a picture without a label holds no codes and no confident text', async () => {
  const photo = await photographTestLabel(5, {}, [])
  const reading = await read(photo.jpeg)
  expect(reading.codes).toEqual([])
  expect(reading.lines.filter((line) => line.confidence > 0.8 && line.text.length > 4)).toEqual([])
})

test('a reading can be given up, and the reader still reads the next photo', async () => {
  const photo = await photographTestLabel(withCodes)
  const giveUp = new AbortController()
  await expect(reader.read(photo.jpeg, () => giveUp.abort(), giveUp.signal)).rejects.toThrow('aborted')
  expect((await read(photo.jpeg)).codes.length).toBe(photo.codeTexts.length)
})

test('bytes that are not a photo end in a sentence, and the reader still reads the next photo', async () => {
  await expect(read(new Uint8Array([1, 2, 3]))).rejects.toThrow('Reading the photo failed.')
  const photo = await photographTestLabel(withCodes)
  expect((await read(photo.jpeg)).codes.length).toBe(photo.codeTexts.length)
})

test('a photo that takes longer than its limit ends in a sentence that says what to do', async () => {
  const clock = new FakeClock()
  const strict = openPhotoReader({ workers: 1, limitMs: 15_000, clock })
  const photo = await photographTestLabel(withCodes)
  await expect(strict.read(photo.jpeg, () => clock.advance(15_001), never)).rejects.toThrow('took too long')
  await strict.close()
})

test('more photos than workers are all read, each with its own codes', async () => {
  const photos = await Promise.all([photographTestLabel(withCodes), photographTestLabel(5, {}, [])])
  const readings = await Promise.all(photos.map((photo) => read(photo.jpeg)))
  expect(readings.map((reading) => reading.codes.length)).toEqual(
    photos.map((photo) => photo.codeTexts.length),
  )
})

test('a closed reader says so', async () => {
  const closed = openPhotoReader({ workers: 1 })
  await closed.close()
  await expect(closed.read(new Uint8Array(1), () => {}, never)).rejects.toThrow('HWLab is closing')
})
