import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { nextMove, type StepDone } from '../../../agent/models/command-moves.ts'
import { readRequest } from '../../../agent/models/command-request.ts'
import { loadFolder } from '../../../mcp-servers/serving/load-folder.ts'
import { type AnyTool, isTool } from '../../../mcp-servers/serving/tool-server.ts'

const servers = join(import.meta.dirname, '..', '..', '..', 'mcp-servers')
const tools = new Map<string, AnyTool<unknown>>()
for (const server of ['netbox', 'devices', 'searxng']) {
  const folder = join(servers, server, 'tools')
  if (!existsSync(folder)) continue
  for (const tool of await loadFolder(folder, isTool<unknown>)) tools.set(`${server}_${tool.name}`, tool)
}
const world = {
  hasTool: (name: string) => tools.has(name),
  connections: async () => [],
  remembered: () => [],
}

const started: StepDone = {
  tool: 'netbox_start_intake',
  text: JSON.stringify({ item_id: 'item-1', may_propose: true, next_action: 'Confirm it.' }),
}

test.each<[string, StepDone[]]>([
  ['find rack', []],
  ['HW-00001', []],
  ['queue', []],
  ['printers', []],
  ['devices', []],
  ['who is on the console', []],
  ['console usb:0403:6001:A9', []],
  ['read the meter for 10 seconds', []],
  ['cables HW-00001', []],
  ['did the last cable pass?', []],
  ['jobs', []],
  ['print HW-00001', []],
  ['search sg350', []],
  ['describe Raspberry Pi 4', []],
  ['[photo attachment_id=photo-1 name="a.jpg"]\nfrom the attic', []],
  ['[photo attachment_id=photo-1 name="a.jpg"]', [started]],
])('what %j asks is a tool that is there, with arguments that it takes', async (text, steps) => {
  const move = await nextMove(readRequest(text), steps, world)
  if (move.kind !== 'call') throw new Error(move.text)
  const tool = tools.get(move.tool)
  expect(tool?.input.strict().safeParse(move.input)).toMatchObject({ success: true })
})

test('a record that HWLab did not take in itself is looked for in the inventory, in words for a person', async () => {
  const move = (steps: StepDone[]) => nextMove(readRequest('show HW-00102'), steps, world)
  const refused = { tool: 'netbox_get_item', text: 'HWLab has no item “HW-00102”. Use find_item.' }
  expect(await move([refused])).toEqual({
    kind: 'call',
    tool: 'netbox_find_item',
    input: { text: 'HW-00102' },
  })
  const nothing = { tool: 'netbox_find_item', text: '{"items":[],"records":[]}' }
  expect(await move([refused, nothing])).toEqual({
    kind: 'say',
    text: 'Nothing in the inventory matches.',
  })
})
