import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deviceNodeTransport } from '../../../../mcp-servers/devices/transports/device-node.ts'
import { briskClock } from '../../../support/brisk-clock.ts'

const label = new Uint8Array(300_000).fill(0x5a)

let folder: string
let path: string
/** A pipe with a name: it takes 64 kB, then nothing until somebody reads, as a printer’s node does. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-node-'))
  path = join(folder, 'lp0')
  execFileSync('mkfifo', [path])
})
afterEach(() => rmSync(folder, { recursive: true }))

const openLine = () => deviceNodeTransport('a printer', async () => path, briskClock(100)).open()

test('a printer that takes no more data ends the label with a sentence instead of holding it for ever', async () => {
  const line = await openLine()
  await expect(line.write(label)).rejects.toMatchObject({
    kind: 'timeout',
    message: 'The printer takes no more data. Look at it.',
  })
  await line.close()
})

test('a printer that is only slow gets every byte', async () => {
  const line = await openLine()
  const printer = await open(path, 'r')
  const writing = line.write(label)
  let taken = 0
  const buffer = new Uint8Array(8192)
  while (taken < label.length) taken += (await printer.read(buffer)).bytesRead
  await writing
  expect(taken).toBe(label.length)
  await printer.close()
  await line.close()
})
