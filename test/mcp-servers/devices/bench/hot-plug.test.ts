import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
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

test('who may not use a node learns the group, or the very udev rule, for this product alone', () =>
  withFolder(async (folder) => {
    const device = join(folder, 'sys/devices/usb1/1-2')
    const interface_ = join(device, '1-2:1.3/0003:2E3C:5558.0004/hidraw/hidraw3')
    await mkdir(interface_, { recursive: true })
    await writeFile(join(device, 'idVendor'), '2e3c\n')
    await writeFile(join(device, 'idProduct'), '5558\n')
    await mkdir(join(folder, 'sys/dev/char'), { recursive: true })
    await symlink(interface_, join(folder, 'sys/dev/char/1:3'))
    // Nodes of root alone, with numbers that every Linux has.
    const fixOf = async (name: string, like: string) => {
      await symlink(like, join(folder, name))
      return accessFix(join(folder, name), join(folder, 'sys'))
    }
    expect(await fixOf('hidraw3', '/dev/null')).toContain(
      'SUBSYSTEM=="hidraw", ATTRS{idVendor}=="2e3c", ATTRS{idProduct}=="5558", TAG+="uaccess"',
    )
    expect(await fixOf('ttyS4', '/dev/zero')).toContain('SUBSYSTEM=="tty", KERNEL=="ttyS4", TAG+="uaccess"')
    expect(await accessFix('/dev/tty1')).toMatch(/usermod -aG tty|udev/)
  }))
