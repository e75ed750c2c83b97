import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  type PrintersFile,
  readPrintersFile,
} from '../../../../mcp-servers/devices/printers/printers-file.ts'
import { found, withPrinters } from '../../../support/open-printers.ts'

async function reading(text: string | null): Promise<PrintersFile> {
  const folder = await mkdtemp(join(tmpdir(), 'hwlab-printers-file-'))
  const path = join(folder, 'printers.json')
  if (text !== null) await writeFile(path, text)
  const file = await readPrintersFile(path)
  await rm(folder, { recursive: true, force: true })
  return file
}

test('names a printer in the network, which comes before the built-in ones', async () => {
  const text = `[{ "id": "desk", "name": "Desk", "driver": "brother-ql", "model": "QL-820NWB", "media": "62",
    "transport": { "kind": "tcp", "host": "192.168.1.30" } }]`
  const file = await reading(text)
  expect(file).toMatchObject({ printers: [{ id: 'desk', transport: { port: 9100 } }] })
  await withPrinters({ file }, async (printers) => {
    expect(printers.all()[0]).toMatchObject({ id: 'desk', name: 'Desk' })
  })
})

test('is not needed', async () => {
  expect(await reading(null)).toEqual({ kind: 'read', printers: [] })
})

test.each([
  ['not JSON', /is not a list of printers\. Correct/],
  ['{}', /is not a list of printers\. Correct/],
  ['[{"id":"a b","name":"x","driver":"d","transport":null,"media":"62"}]', /at 0\.id/],
])('that says %s is shown with what is wrong; the other printers work', async (text, why) => {
  const file = await reading(text)
  await withPrinters({ file }, async (printers) => {
    expect(printers.all().map((printer) => printer.id)).toEqual(['simulated', 'png', 'pdf', 'printers.json'])
    expect(await found(printers.get('printers.json')).state()).toMatchObject({
      words: expect.stringMatching(why),
    })
  })
})
