import { randomInt } from 'node:crypto'
import { generateText, jsonSchema, streamText, type ToolSet, tool } from 'ai'
import { callLimits, type ProbeStep, type ProbeSubject, probeTokensMax } from './probe-subject.ts'
import { stillAnswers } from './still-answers.ts'

const name = 'look_at_shelf'
const tools: ToolSet = {
  [name]: tool({
    description: 'Lists what lies on one shelf.',
    inputSchema: jsonSchema<{ shelf: string }>({
      type: 'object',
      properties: { shelf: { type: 'string', description: 'Name of the shelf, for example R100' } },
      required: ['shelf'],
    }),
  }),
}

/** Does it call a tool with the argument it was given, whole and streamed? Some servers lose streamed calls (raullenchai/Rapid-MLX#447). */
export const callsTools: ProbeStep = {
  words: 'tools',
  finds: ['tools'],
  onCloud: true,
  async run(subject) {
    const whole = await tried(subject, async (ask) => (await generateText(ask)).toolCalls)
    const streamed = whole && (await tried(subject, (ask) => streamText({ ...ask, onError() {} }).toolCalls))
    return [{ name: 'tools', value: Number(whole) + Number(streamed) }]
  },
}

type Ask = ReturnType<typeof askFor>

function askFor(subject: ProbeSubject, shelf: string) {
  const prompt = `Look up what lies on shelf ${shelf}. Use the tool.`
  return { ...callLimits(subject), model: subject.model, prompt, tools, maxOutputTokens: probeTokensMax }
}

async function tried(
  subject: ProbeSubject,
  ask: (ask: Ask) => PromiseLike<{ toolName: string; input: unknown }[]>,
): Promise<boolean> {
  const shelf = `R${randomInt(100, 999)}`
  try {
    const [call] = await ask(askFor(subject, shelf))
    return call?.toolName === name && JSON.stringify(call.input).includes(shelf)
  } catch (error) {
    await stillAnswers(subject, error)
    return false
  }
}
