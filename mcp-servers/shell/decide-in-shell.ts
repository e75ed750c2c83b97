import { setTimeout as wait } from 'node:timers/promises'
import type { ShellAnswer, ShellAsk, ShellDesk } from './shell-desk.ts'

export interface Terminal {
  print(line: string): void
  tell(line: string): void
  /** Left out where nobody sits at a terminal. */
  confirm?(question: string): Promise<boolean>
}

const lookEveryMs = 300

/** Shows what a request would do, has it decided, and follows it to its end. The exit code. */
export async function decideInShell(
  desk: ShellDesk,
  first: ShellAsk,
  at: { terminal: Terminal; operator: string; yes: boolean },
): Promise<number> {
  const { terminal, operator } = at
  const answer = show(await desk(first), terminal)
  if (!answer?.change) return answer?.isAllWell ? 0 : 1
  const { id: changeId, digest, title } = answer.change
  const question = `${title}?`
  const approve = at.yes || (terminal.confirm ? await terminal.confirm(question) : null)
  if (approve === null) {
    await desk({ ask: 'decide', changeId, digest, approve: false, operator })
    terminal.tell('Nobody can be asked here, so nothing was done. Add --yes to approve.')
    return 1
  }
  const decided = await desk({ ask: 'decide', changeId, digest, approve, operator })
  if (decided.kind === 'refused') {
    terminal.tell(decided.why)
    return 1
  }
  if (!approve) {
    terminal.tell('Nothing was done.')
    return 1
  }
  const ended = show(await followed(desk, changeId, decided), terminal)
  if (ended?.change?.state === 'stands')
    terminal.tell(
      'What stands still is in the queue: open HWLab, or put it right in NetBox and run this again.',
    )
  return ended?.change?.state === 'done' ? 0 : 1
}

async function followed(desk: ShellDesk, changeId: string, decided: ShellAnswer): Promise<ShellAnswer> {
  let now = decided
  while (now.kind === 'answer' && (now.change?.state === 'working' || now.change?.state === 'open')) {
    await wait(lookEveryMs)
    now = await desk({ ask: 'outcome', changeId })
  }
  return now
}

function show(answer: ShellAnswer, terminal: Terminal): (ShellAnswer & { kind: 'answer' }) | null {
  if (answer.kind === 'refused') {
    terminal.tell(answer.why)
    return null
  }
  for (const line of answer.lines) terminal.print(line)
  return answer
}
