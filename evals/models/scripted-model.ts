import type { WorldModel } from '../worlds/models-file.ts'
import { ableToCall, answerProbe, type ProbedAbilities } from './answer-probe.ts'
import type { DialectName } from './dialects.ts'
import type { ScriptedModel } from './native-endpoints.ts'
import { type Asked, type DialectServer, openDialectServer, type Script } from './open-dialect-server.ts'
import { type Step, say } from './steps.ts'

/** What is said or called when the last words fit; the first rule that fits counts. */
export type Rule = {
  does: Step | Step[] | ((asked: Asked, found: RegExpExecArray) => Step | Step[] | Promise<Step | Step[]>)
} & (
  | { /** The person's words. */ said: RegExp }
  /** What a tool answered. */
  | { got: RegExp }
)

export interface ScriptedServer extends DialectServer {
  /** As the providers file names it. */
  row: WorldModel
  /** Last words for which there was no rule: a trial that has some has a fault. */
  unforeseen: string[]
  /** Chat calls that only tried the model out are not among them. */
  conversations(): Asked[]
}

export interface ScriptedAs {
  name?: string
  dialect?: DialectName
  where?: 'local' | 'cloud'
  tier?: number
  key?: string
  price?: WorldModel['price']
  model?: Partial<ScriptedModel>
  can?: Partial<ProbedAbilities>
  page?: Script['page']
}

/** A model behind real HTTP that follows rules, and shows when it is tried what it is said to be able to do. */
export async function openScriptedModel(rules: Rule[], as: ScriptedAs = {}): Promise<ScriptedServer> {
  const { name = 'Attic', dialect = 'ollama', where = 'local', key } = as
  const unforeseen: string[] = []
  const real: Asked[] = []
  const server = await openDialectServer(dialect, {
    models: [{ contextTokens: 32_768, ...as.model }],
    async reply(asked) {
      const tried = await answerProbe(asked.text, { ...ableToCall, ...as.can })
      if (tried) return tried
      real.push(asked)
      return follow(rules, asked, unforeseen)
    },
    ...(key === undefined ? {} : { key: () => key }),
    ...(as.page ? { page: as.page } : {}),
  })
  const { tier, price } = as
  return {
    ...server,
    row: {
      ...{ name, where, baseUrl: server.baseUrl },
      ...(key === undefined ? {} : { key }),
      ...(tier === undefined ? {} : { tier }),
      ...(price === undefined ? {} : { price }),
    },
    unforeseen,
    conversations: () => real,
  }
}

/** The last thing that was said to the model, and by whom. */
export function lastWords({ messages }: Asked): { role: string; text: string } {
  const last = messages.at(-1)
  return { role: last?.role ?? '', text: textOf(last?.content) }
}

/** Text of a message, whether it came as a string or in parts. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
        ? part.text
        : '',
    )
    .join('\n')
}

function follow(rules: Rule[], asked: Asked, unforeseen: string[]): ReturnType<Script['reply']> {
  const { role, text } = lastWords(asked)
  for (const rule of rules) {
    const pattern = role === 'tool' ? ('got' in rule ? rule.got : null) : 'said' in rule ? rule.said : null
    const found = pattern?.exec(text)
    if (found) return typeof rule.does === 'function' ? rule.does(asked, found) : rule.does
  }
  unforeseen.push(`${role}: ${text.slice(0, 200)}`)
  return say('No rule foresees this.')
}
