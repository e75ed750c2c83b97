import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { annotationsOf } from '../../../mcp-servers/serving/annotations.ts'
import { changeStatusTool } from '../../../mcp-servers/serving/change-status.ts'
import { loadFolder } from '../../../mcp-servers/serving/load-folder.ts'
import { type AnyTool, isGated, isTool } from '../../../mcp-servers/serving/tool-server.ts'

const root = join(import.meta.dirname, '../../../mcp-servers')
const files = readdirSync(root)
  .map((server) => ({ server, folder: join(root, server, 'tools') }))
  .filter(({ folder }) => existsSync(folder))
  .flatMap(({ server, folder }) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => ({ server, path: join(folder, file), stem: basename(file, '.ts') })),
  )

async function toolIn(path: string, stem: string): Promise<AnyTool<never>> {
  const module: { default?: unknown } = await import(pathToFileURL(path).href)
  if (!isTool<never>(module.default, stem))
    throw new Error(`${path} does not export a tool named for the file`)
  return module.default
}

/** Words that would let a caller take a decision that only a person may take. */
const deciding = /approv|confirm|commit|force|override|grant|accept|decid|bypass|skip_?check|yes\b|sudo/i

const propertySchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  items: z.looseObject({ type: z.string().optional() }).optional(),
})
const schemaSchema = z.looseObject({
  type: z.literal('object'),
  properties: z.record(z.string(), propertySchema),
})

const scalars = ['string', 'number', 'integer', 'boolean']

function checkTool(tool: AnyTool<never>): void {
  expect(tool.name).toMatch(/^[a-z]+(_[a-z]+)+$/)
  expect(tool.name).not.toMatch(deciding)
  expect(tool.description.length).toBeGreaterThan(15)
  expect(tool.description.length).toBeLessThan(400)
  expect(tool.title.length).toBeGreaterThan(2)
  expect(tool.timeLimitMs).toBeGreaterThan(0)
  const schema = schemaSchema.parse(z.toJSONSchema(tool.input, { io: 'input' }))
  for (const [name, property] of Object.entries(schema.properties)) {
    expect(name, 'arguments never decide').not.toMatch(deciding)
    const isFlat =
      scalars.includes(property.type ?? '') ||
      property.enum !== undefined ||
      (property.type === 'array' && scalars.includes(property.items?.type ?? ''))
    expect(isFlat, `${name} is flat`).toBe(true)
  }
  expect(annotationsOf(tool).readOnlyHint, 'only what reads says that it reads').toBe(tool.tier === 'read')
  const isDestructive = tool.tier === 'physical' || tool.tier === 'bulk-or-destructive'
  expect(annotationsOf(tool).destructiveHint).toBe(tool.tier === 'read' ? undefined : isDestructive)
  if (isGated(tool)) expect('run' in tool, 'a gated tool only plans').toBe(false)
}

describe.each(files)('$server: $stem', ({ path, stem }) => {
  test('keeps the rules of a tool', async () => {
    checkTool(await toolIn(path, stem))
  })
})

test('the tool that every server has keeps the rules, too', () => {
  checkTool(changeStatusTool)
})

test('the rules catch a tool that would let a caller decide', () => {
  const sly = { ...changeStatusTool, input: z.object({ change_id: z.string(), confirm: z.boolean() }) }
  expect(() => checkTool(sly)).toThrow('arguments never decide')
  expect(() => checkTool({ ...changeStatusTool, name: 'approve_change' })).toThrow()
  expect(() =>
    checkTool({ ...changeStatusTool, input: z.object({ deep: z.object({ a: z.string() }) }) }),
  ).toThrow()
})

test('a file that is not named for its tool, or holds none, ends the start', async () => {
  const folder = join(import.meta.dirname, '../../support/echo-tools')
  expect(await loadFolder(folder, isTool)).toHaveLength(4)
  await expect(loadFolder(join(root, 'serving'), isTool)).rejects.toThrow(
    'does not export what this folder holds',
  )
  expect(isTool({ ...changeStatusTool }, 'other-name')).toBe(false)
  expect(isTool({ ...changeStatusTool, tier: 'physical' }, 'change-status')).toBe(false)
})
