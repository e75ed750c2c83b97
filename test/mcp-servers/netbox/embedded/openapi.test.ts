import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { endpoints } from '../../../../mcp-servers/netbox/client/endpoints.ts'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { inventoryRecordsContract } from '../../../support/inventory-records-contract.ts'
import { inventoryWorldContract } from '../../../support/inventory-world-contract.ts'
import { enqueue, labDatabase, photo, queueWorld } from '../outbox/queue-world.ts'

/** NetBox's own description of its interface, when it lies beside the repository. */
const file = join(import.meta.dirname, '../../../../../shared/data/netbox-4.6.8-openapi-subset.json')
const present = existsSync(file)
if (!present)
  process.stderr.write(
    'NetBox’s OpenAPI description is not here: the embedded inventory is not compared with it\n',
  )

const bodySchema = z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() })
const operationSchema = z.object({
  parameters: z.array(z.object({ name: z.string(), in: z.string() })).optional(),
  requestBody: bodySchema.optional(),
  responses: z.record(z.string(), bodySchema),
})
const descriptionSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

/**
 * OpenAPI 3.0 says `nullable`; JSON schema knows it only beside a plain `type`. A blank choice is described as an object
 * and answered as null (seen on 4.4.10, 4.6.8 and 4.7.3).
 */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => [key, asJsonSchema(value)])
  const { nullable, exclusiveMaximum, exclusiveMinimum, ...rest } = Object.fromEntries(entries)
  const isChoice =
    typeof rest.properties === 'object' && 'value' in rest.properties && 'label' in rest.properties
  return nullable || isChoice ? { anyOf: [{ type: 'null' }, rest] } : rest
}

/**
 * What NetBox 4.6 takes but does not describe: a tag by its id (its own text says so), the change log's message, and
 * `add_tags` and `remove_tags`.
 */
function asDescribed(sent: unknown): Record<string, unknown> {
  const {
    changelog_message: _message,
    add_tags: _added,
    remove_tags: _removed,
    tags,
    ...rest
  } = z.record(z.string(), z.unknown()).parse(sent)
  return { ...rest, ...(Array.isArray(tags) ? { tags: tags.filter((tag) => typeof tag !== 'number') } : {}) }
}

/**
 * An answer with only some fields lacks the others; a page by `start` has no count; a bay shows less of its module than is described (seen on 4.6.8 and
 * 4.7.3).
 */
function isKnownDifference(pathname: string, problem: string, query: URLSearchParams): boolean {
  if (/must have required property/.test(problem) && query.has('fields')) return true
  if (problem.startsWith('/count ') && query.has('start')) return true
  return pathname.startsWith('/api/dcim/module-bays/') && /installed_module/.test(problem)
}

describe.runIf(present)('the embedded inventory and NetBox’s OpenAPI description', () => {
  const description = descriptionSchema.parse(
    present ? JSON.parse(readFileSync(file, 'utf8')) : { paths: {}, components: { schemas: {} } },
  )
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'netbox', components: asJsonSchema(description.components) })

  function operation(path: string, method: string): z.infer<typeof operationSchema> {
    const template = path.replace(/\/\d+\/$/, '/{id}/')
    return operationSchema.parse(description.paths[template]?.[method.toLowerCase()])
  }

  const compiled = new Map<string, ValidateFunction>()

  function problems(schema: unknown, value: unknown): unknown[] {
    const text = JSON.stringify(asJsonSchema(schema)).replaceAll('"#/components', '"netbox#/components')
    try {
      const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text))
      compiled.set(text, validate)
      if (validate(value)) return []
      return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
    } catch (error) {
      return [error]
    }
  }

  test('every filter that HWLab sends is one that NetBox knows', () => {
    for (const [endpoint, filters] of Object.entries(endpoints)) {
      if (!isDescribed(`/api/${endpoint}/`)) continue
      const known = operation(`/api/${endpoint}/`, 'get').parameters?.map((parameter) => parameter.name)
      const sent = filters.filter((name) => !name.startsWith('cf_'))
      expect({ endpoint, unknown: sent.filter((name) => !known?.includes(name)) }).toEqual({
        endpoint,
        unknown: [],
      })
    }
  })

  const wrong: unknown[] = []
  const seen = new Set<string>()

  /** Compares what goes through with the description; only what the server accepted is held to it. */
  function compared(server: Fetch): Fetch {
    return async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      const { method } = request
      const body = request.clone()
      const answer = await server(request)
      if (answer.status >= 400 || !isDescribed(pathname)) return answer
      const note = (what: Record<string, unknown>) => wrong.push({ method, pathname, ...what })
      const described = operation(pathname, method)
      const type = body.headers.get('content-type')?.split(';')[0] ?? ''
      if (type === 'application/json') {
        const sent = asDescribed(await body.json())
        const schema = described.requestBody?.content?.[type]?.schema
        for (const problem of problems(schema, sent)) note({ problem })
        for (const attribute of unknownAttributes(schema, sent)) note({ attribute })
      }
      seen.add(`${method} ${pathname.replace(/\d+/, '7')}`)
      if (answer.status === 204) return answer
      const schema = described.responses[String(answer.status)]?.content?.['application/json']?.schema
      if (schema === undefined) note({ undescribed: answer.status })
      for (const problem of problems(schema, await answer.clone().json()))
        if (!isKnownDifference(pathname, String(problem), searchParams)) note({ answer: problem })
      return answer
    }
  }

  function isDescribed(pathname: string): boolean {
    return description.paths[pathname.replace(/\/\d+\/$/, '/{id}/')] !== undefined
  }

  test('every request that HWLab writes and every answer that the embedded inventory gives fit the description', async () => {
    const lab = queueWorld({ around: compared })
    lab.outbox.start()
    enqueue(lab.outbox, 1, { macAddress: '02:00:00:00:00:01', name: 'one' })
    await lab.until(() => lab.settled.length === 1)
    await lab.inventory.findByMac('02:00:00:00:00:01')
    await lab.outbox.stop()
    expect(wrong).toEqual([])
    expect(lab.settled[0]?.outcome).toMatchObject({ kind: 'confirmed' })
    expect([...seen].filter((line) => line.startsWith('POST')).length).toBeGreaterThanOrEqual(11)
  })

  describe('and while the contract is kept', () => {
    const open = async () => {
      const database = labDatabase()
      return {
        inventory: openInventory({ kind: 'embedded', database, fetch: compared }),
        prefix: 'suite',
        photo: await photo,
        cleanUp: async () => void database.close(),
      }
    }
    inventoryWorldContract(open)
    inventoryRecordsContract(open)

    test('every answer fits the description', () => {
      expect(wrong).toEqual([])
      for (const path of ['modules', 'module-bays', 'module-types', 'cables', 'racks', 'locations'])
        expect([...seen]).toContain(`POST /api/dcim/${path}/`)
      expect([...seen]).toContain('GET /api/core/object-changes/')
    })
  })

  function unknownAttributes(schema: unknown, sent: unknown): string[] {
    // A POST takes one object or a list of them; a PATCH one.
    const name = /"\$ref":"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(schema))?.[1] ?? ''
    const known = z
      .object({ properties: z.record(z.string(), z.unknown()) })
      .parse(description.components.schemas[name])
    return Object.keys(z.record(z.string(), z.unknown()).parse(sent)).filter(
      (key) => !Object.hasOwn(known.properties, key),
    )
  }
})
