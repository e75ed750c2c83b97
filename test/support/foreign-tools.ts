import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createMcpHandler, type McpHttpHandler, Server } from '@modelcontextprotocol/server'
import { z } from 'zod'

/** What a test's own MCP server offers; a file, so that a test can change it and kill what reads it. */
export const foreignPlanSchema = z.object({
  tools: z.array(
    z.object({
      name: z.string(),
      title: z.string().optional(),
      description: z.string().optional(),
      annotations: z.record(z.string(), z.unknown()).optional(),
      inputSchema: z.looseObject({ type: z.literal('object') }).default({ type: 'object' }),
      /** `environment`: every variable that it was given. `hang`: never. `die`: ends its process. */
      answers: z
        .discriminatedUnion('kind', [
          z.object({ kind: z.literal('says'), text: z.string() }),
          z.object({ kind: z.literal('fails'), text: z.string() }),
          z.object({ kind: z.literal('picture') }),
          z.object({ kind: z.literal('environment') }),
          z.object({ kind: z.literal('hang') }),
          z.object({ kind: z.literal('die') }),
        ])
        .default({ kind: 'says', text: 'done' }),
    }),
  ),
})
export type ForeignPlan = z.input<typeof foreignPlanSchema>

export interface ReceivedCall {
  tool: string
  args: Record<string, unknown>
  pid: number
}

/** A real MCP server over the official SDK; each call that reaches it is a line in `logPath` before it answers. */
export function foreignServer(
  readPlan: () => ForeignPlan,
  logPath: string,
  environment: Record<string, string | undefined> = {},
): Server {
  const server = new Server({ name: 'foreign', version: '1.0.0' }, { capabilities: { tools: {} } })
  const tools = () => foreignPlanSchema.parse(readPlan()).tools
  server.setRequestHandler('tools/list', async () => ({ tools: tools().map(({ answers, ...tool }) => tool) }))
  server.setRequestHandler('tools/call', async ({ params: { name, arguments: args = {} } }) => {
    appendFileSync(logPath, `${JSON.stringify({ tool: name, args, pid: process.pid })}\n`)
    const answers = tools().find((tool) => tool.name === name)?.answers ?? {
      kind: 'fails',
      text: 'no such tool',
    }
    if (answers.kind === 'die') process.exit(7)
    if (answers.kind === 'hang') return new Promise(() => {})
    if (answers.kind === 'picture')
      return { content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] }
    if (answers.kind === 'environment') return said(JSON.stringify(environment))
    return answers.kind === 'fails' ? { ...said(answers.text), isError: true } : said(answers.text)
  })
  return server
}

function said(text: string): { content: { type: 'text'; text: string }[] } {
  return { content: [{ type: 'text', text }] }
}

export function foreignHandler(readPlan: () => ForeignPlan, logPath: string): McpHttpHandler {
  return createMcpHandler(() => foreignServer(readPlan, logPath))
}

export function receivedCalls(logPath: string): ReceivedCall[] {
  if (!existsSync(logPath)) return []
  const lines = readFileSync(logPath, 'utf8').trim().split('\n')
  return lines.filter((line) => line !== '').map((line): ReceivedCall => JSON.parse(line))
}
