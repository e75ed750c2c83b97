import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { maskPhoto } from '../../../../mcp-servers/netbox/photo/mask-photo.ts'
import { openPhotoReader } from '../../../../mcp-servers/netbox/photo/photo-reader.ts'
import { preparePhoto } from '../../../../mcp-servers/netbox/photo/prepare-photo.ts'
import { photographTestLabel, testDevice } from '../../../support/label-photo.ts'

vi.setConfig({ testTimeout: 60_000 })

const reader = openPhotoReader({ workers: 1, limitMs: 120_000 })
// Taking in a photo forbids formats to the whole process, so it comes first here as it does in use.
beforeAll(async () => {
  const { jpeg } = await photographTestLabel(1)
  expect(await preparePhoto(jpeg, 'label.jpg')).toMatchObject({ kind: 'prepared' })
})
afterAll(() => reader.close())
const read = (jpeg: Uint8Array) => reader.read(jpeg, () => {}, new AbortController().signal)

test.each([3, 7, 11])(
  'of a masked label (%i) no code, serial number or MAC address can be read any more, but its maker can',
  async (seed) => {
    const { jpeg } = await photographTestLabel(seed)
    const before = await read(jpeg)
    const after = await read(await maskPhoto(jpeg, before))
    const text = ({ lines }: typeof after) =>
      lines
        .map((line) => line.text)
        .join('\n')
        .replace(/[^A-Za-z0-9\n]/g, '')
    expect(text(before)).toContain(testDevice.serial)
    expect(after.codes).toEqual([])
    expect(text(after)).not.toContain(testDevice.serial.slice(-6))
    expect(text(after)).not.toContain('5A445566')
    expect(text(after).toLowerCase()).toContain('mikrotik')
  },
)
