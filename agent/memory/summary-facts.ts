import type { Message, Part } from '../protocol/messages.ts'
import { bounded } from '../tools/call-outcome.ts'

const firstQuestions = 3
const lastQuestions = 5
const questionCharacters = 140
const tagsMax = 30
const decisionsMax = 12
const tagPattern = /\bHW-\d{5,}\b/g

type ToolCall = Extract<Part, { kind: 'tool-call' }>

/** What code can tell of a conversation without understanding it; gathered message by message. */
export interface SummaryFacts {
  take(message: Message): void
  messages(): number
  from(): string
  to(): string
  /** An earlier summary, which the next one carries on. */
  earlier(): string | null
  /** The questions, when no model puts them into words. */
  questions(): string
  /** Tags and decisions; empty when there were none. */
  outcomes(): string
}

export function gatherFacts(): SummaryFacts {
  const first: string[] = []
  const last: string[] = []
  const tags = new Set<string>()
  const decisions = new Map<string, string>()
  let asked = 0
  let count = 0
  let from = ''
  let to = ''
  let earlier: string | null = null

  function takeQuestion(text: string): void {
    const line = bounded(text.replace(/\s+/g, ' '), questionCharacters)
    if (line === '') return
    asked += 1
    if (first.length < firstQuestions) first.push(line)
    else last.push(line)
    if (last.length > lastQuestions) last.shift()
  }
  function takeTags(text: string): void {
    for (const [tag] of text.matchAll(tagPattern)) if (tags.size < tagsMax) tags.add(tag)
  }
  function takeCall(call: ToolCall): void {
    takeTags(`${call.input} ${call.outcome ?? ''} ${JSON.stringify(call.result ?? '')}`)
    if (call.changeId !== null)
      decisions.set(call.changeId, `${call.title}: ${call.outcome ?? endWords[call.state]}`)
  }

  return {
    take(message) {
      for (const part of message.parts) {
        if (part.kind === 'summary') {
          earlier = part.text
          from = part.from
          count += part.messages
        } else if (part.kind === 'tool-call') takeCall(part)
        else if (part.kind === 'text') {
          takeTags(part.text)
          if (message.role === 'operator') takeQuestion(part.text)
        } else if (part.kind === 'photo') takeQuestion(`Photo: ${part.name}`)
      }
      if (message.parts.some((part) => part.kind === 'summary')) return
      count += 1
      from ||= message.createdAt
      to = message.createdAt
    },
    messages: () => count,
    from: () => from,
    to: () => to || from,
    earlier: () => earlier,
    questions() {
      const left = asked - first.length - last.length
      const gap = left > 0 ? [`… ${left} more`] : []
      return listed('Asked', [...first, ...gap, ...last])
    },
    outcomes() {
      const kept = [...decisions.values()].slice(-decisionsMax).map((words) => bounded(words, 200))
      const left = decisions.size - kept.length
      if (left > 0) kept.unshift(`… ${left} earlier`)
      const things = tags.size > 0 ? [`Items: ${[...tags].map((tag) => `\`${tag}\``).join(', ')}`] : []
      return [...things, ...(kept.length > 0 ? [listed('Decided', kept)] : [])].join('\n\n')
    },
  }
}

const endWords: Record<ToolCall['state'], string> = {
  running: 'not finished',
  waiting: 'not decided',
  done: 'done',
  failed: 'failed',
  declined: 'declined',
  expired: 'expired',
}

function listed(title: string, lines: string[]): string {
  return [`${title}:`, '', ...lines.map((line) => `- ${line}`)].join('\n')
}
