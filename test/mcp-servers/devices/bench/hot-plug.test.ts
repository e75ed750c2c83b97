import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { accessFix } from '../../../../mcp-servers/devices/bench/device-access.ts'
import { watchHotPlug, watchNodes } from '../../../../mcp-servers/devices/bench/hot-plug.ts'

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hwlab-dev-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('a node that appears is a hint; a file that is none is not', () =>
  withFolder(async (folder) => {
    const hints: string[] = []
    const hinted = Promise.withResolvers<void>()
    const watching = await watchNodes(folder, () => {
      hints.push('hint')
      hinted.resolve()
    })
    await writeFile(join(folder, 'random'), '')
    await writeFile(join(folder, 'ttyUSB0'), '')
    await hinted.promise
    expect(watching.kind).toBe('events')
    await watching.stop()
  }))

test('a folder that is not there gives no events, and says so', async () => {
  expect((await watchNodes('/nowhere/at/all', () => {})).kind).toBe('none')
})

test('watching this machine starts and stops, whatever it has', async () => {
  const watching = await watchHotPlug(process.platform)(() => {})
  expect(['events', 'none']).toContain(watching.kind)
  await watching.stop()
})

test('who may not use a node learns the group, or the very udev rule', () =>
  withFolder(async (folder) => {
    const node = join(folder, 'hidraw3')
    await writeFile(node, '')
    await chmod(node, 0o600)
    expect(await accessFix(node, '2e3c', '5558')).toContain(
      'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="2e3c", ATTRS{idProduct}=="5558", TAG+="uaccess"',
    )
    expect(await accessFix('/dev/tty1')).toMatch(/usermod -aG tty|udev/)
  }))
