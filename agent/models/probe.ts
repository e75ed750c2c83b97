import { randomInt } from 'node:crypto'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { generateText, jsonSchema, tool } from 'ai'
import { codePicture } from './code-picture.ts'
import { describeFailure } from './model-failure.ts'

/** Local servers may first have to load the model. */
const probeTimeoutMs = 90_000

export type Proof =
  | { kind: 'proved'; tools: boolean; vision: boolean; words: string }
  | { kind: 'no-answer'; why: string }

/**
 * Two real calls: does it call a tool with the argument it was given, and does it read a code from a picture that no model
 * can have seen. What a server says about itself is not asked. Never throws.
 */
export async function probeModel(model: LanguageModelV4, signal: AbortSignal): Promise<Proof> {
  try {
    const tools = await callsTool(model, signal)
    const vision = await readsPicture(model, signal)
    return { kind: 'proved', tools, vision, words: provedWords(tools, vision) }
  } catch (error) {
    return { kind: 'no-answer', why: describeFailure(error).words }
  }
}

function provedWords(tools: boolean, vision: boolean): string {
  if (tools && vision) return 'calls tools and reads pictures'
  if (tools) return 'calls tools, does not read pictures'
  return vision
    ? 'reads pictures, does not call tools'
    : 'answers, but neither calls tools nor reads pictures'
}

async function callsTool(model: LanguageModelV4, signal: AbortSignal): Promise<boolean> {
  const shelf = `R${randomInt(100, 999)}`
  const { toolCalls } = await generateText({
    model,
    prompt: `Look up what lies on shelf ${shelf}. Use the tool.`,
    tools: {
      look_at_shelf: tool({
        description: 'Lists what lies on one shelf.',
        inputSchema: jsonSchema<{ shelf: string }>({
          type: 'object',
          properties: { shelf: { type: 'string', description: 'Name of the shelf, for example R100' } },
          required: ['shelf'],
        }),
      }),
    },
    maxRetries: 0,
    maxOutputTokens: 800,
    abortSignal: AbortSignal.any([signal, AbortSignal.timeout(probeTimeoutMs)]),
  })
  const call = toolCalls[0]
  return call?.toolName === 'look_at_shelf' && JSON.stringify(call.input).includes(shelf)
}

/** A server without eyes refuses the picture or ignores it: both mean no. */
async function readsPicture(model: LanguageModelV4, signal: AbortSignal): Promise<boolean> {
  const code = Array.from({ length: 5 }, () => 'ACEHKMPRTX3479'[randomInt(14)]).join('')
  const picture = await codePicture(code)
  try {
    const { text } = await generateText({
      model,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Which characters are in this picture? Answer with the characters only.' },
            { type: 'file', mediaType: 'image/png', data: picture },
          ],
        },
      ],
      maxRetries: 0,
      maxOutputTokens: 800,
      abortSignal: AbortSignal.any([signal, AbortSignal.timeout(probeTimeoutMs)]),
    })
    return text
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .includes(code)
  } catch (error) {
    const { kind } = describeFailure(error)
    if (kind === 'unreachable' || kind === 'overloaded') throw error
    return false
  }
}
