import type { LanguageModelV4ToolCall } from '@ai-sdk/provider'
import { UselessAnswer, unreadableCall, writtenAsText } from '../model-failure.ts'
import { readCalls } from './found-calls.ts'
import { openMarkupFilter } from './markup-filter.ts'
import { fittedArguments, mendedArguments, type OfferedTool, toolNamed } from './offered-tools.ts'

/** More in one answer is not a plan. */
export const callsMax = 16

export interface Came {
  native: LanguageModelV4ToolCall[]
  written: string[]
  thoughts: string
  said: boolean
  isCut: boolean
  tools: OfferedTool[]
}
export type Made =
  | { kind: 'calls'; calls: LanguageModelV4ToolCall[] }
  | { kind: 'refused'; error: UselessAnswer }

/** Read back where calls are shown and counted. */
const salvaged = { hwlab: { origin: 'salvaged' } }

/** The calls that may be made: the server's own, mended where they only read, and those written as text that only read. */
export function madeCalls(came: Came): Made {
  const { native, written, tools } = came
  const calls: LanguageModelV4ToolCall[] = []
  for (const [index, call] of native.entries()) {
    const tool = toolNamed(call.toolName, tools)
    const input = tool
      ? tool.readOnly
        ? mendedArguments(call.input, tool)
        : plainArguments(call.input)
      : null
    if (tool && input === null && isTorn(call.input)) return refused(unreadableCall)
    const toolCallId =
      native.findIndex(({ toolCallId: id }) => id === call.toolCallId) === index ? '' : `-${index}`
    const made = {
      ...call,
      toolCallId: `${call.toolCallId}${toolCallId}`,
      toolName: tool?.readOnly ? tool.name : call.toolName,
      input: input ?? call.input,
    }
    const isMended = made.toolName !== call.toolName || !['', made.input.trim()].includes(call.input.trim())
    calls.push(isMended ? { ...made, providerMetadata: { ...call.providerMetadata, ...salvaged } } : made)
  }
  if (calls.length > 0) return { kind: 'calls', calls }
  // langchain4j/langchain4j#4786: the call stands in the thoughts, and nothing else came.
  const inThoughts = written.length === 0 && !came.said ? callsInThoughts(came.thoughts, tools) : []
  // Without tools there was nothing to call (osaurus-ai/vmlx-swift#50): the markup is hidden, the rest is the answer.
  for (const body of tools.length === 0 ? [] : [...written, ...inThoughts]) {
    const found = readCalls(body)
    if (!found) return refused(unreadableCall)
    for (const { name, args } of found) {
      const tool = toolNamed(name, tools)
      if (!tool) return refused(unreadableCall)
      if (!tool.readOnly) return refused(writtenAsText(tool.title))
      calls.push({
        ...{ type: 'tool-call', toolCallId: `written-${calls.length + 1}`, toolName: tool.name },
        input: JSON.stringify(fittedArguments({ name, args }, tool)),
        providerMetadata: salvaged,
      })
    }
  }
  return calls.length > callsMax ? refused(unreadableCall) : { kind: 'calls', calls }
}

function refused(failure: UselessAnswer['failure']): Made {
  return { kind: 'refused', error: new UselessAnswer(failure) }
}

/** A tool that changes something is called with the very arguments that came, or not at all. */
function plainArguments(input: string): string | null {
  try {
    JSON.parse(input)
    return input
  } catch {
    return null
  }
}

/** Cut in the middle, whatever the finish reason says (NousResearch/hermes-agent#91717). */
function isTorn(input: string): boolean {
  return !/[}\]"]\s*$/.test(input)
}

function callsInThoughts(thoughts: string, tools: OfferedTool[]): string[] {
  const filter = openMarkupFilter(tools)
  const pieces = [...filter.feed(thoughts), ...filter.end()]
  return pieces.flatMap(({ kind, text }) => (kind === 'call' && text.trim() !== '' ? [text] : []))
}
