import { z } from 'zod'
import type { Approvals } from '../approval/approvals.ts'
import type { ChangeRequest } from '../approval/change-request.ts'
import { changeCard } from '../approval/change-view.ts'
import type { EachReport } from '../netbox/bulk/run-each.ts'
import type { NetboxServer } from '../netbox/main.ts'
import type { MoveLook } from '../netbox/move/open-move.ts'
import type { SetupReport } from '../netbox/setup/check-setup.ts'
import { type Refusal, refused } from '../serving/tool.ts'

const operator = z.string().min(1).max(60)
const id = z.string().min(1).max(64)

/** What a command at the terminal asks of the HWLab that holds the state folder, be it in the same process or not. */
export const shellAskSchema = z.discriminatedUnion('ask', [
  /** `file`: a request is filed for what would be done. */
  z.object({
    ask: z.literal('set-up'),
    roles: z.array(z.string().max(100)).max(60),
    file: z.boolean(),
    operator,
  }),
  z.object({ ask: z.literal('move'), file: z.boolean(), operator }),
  z.object({
    ask: z.literal('decide'),
    changeId: id,
    digest: z.string().length(64),
    approve: z.boolean(),
    operator,
  }),
  z.object({ ask: z.literal('outcome'), changeId: id }),
])
export type ShellAsk = z.infer<typeof shellAskSchema>

export const shellAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    lines: z.array(z.string()),
    /** Nothing is left to do. */
    isAllWell: z.boolean(),
    change: z
      .object({
        id: z.string(),
        digest: z.string(),
        title: z.string(),
        /** `stands`: not before a person does something. */
        state: z.enum(['open', 'working', 'stands', 'done', 'failed']),
      })
      .nullable(),
  }),
  z.object({ kind: z.literal('refused'), why: z.string() }),
])
export type ShellAnswer = z.infer<typeof shellAnswerSchema>

export type ShellDesk = (ask: ShellAsk) => Promise<ShellAnswer>

/** Only what a shell asked for can be decided in one. */
const shellTools: ReadonlySet<string> = new Set(['set_up', 'move_inventory'])

export function openShellDesk({
  approvals,
  netbox,
}: {
  approvals: Approvals
  netbox: NetboxServer
}): ShellDesk {
  function filed(changeId: string, lines: string[]): ShellAnswer {
    const change = approvals.get(changeId)
    if (!change) throw new Error(`the request ${changeId} that was just filed is gone`)
    return { kind: 'answer', lines, isAllWell: false, change: changeOf(change, netbox) }
  }

  async function setUp({ roles, file, operator }: ShellAsk & { ask: 'set-up' }): Promise<ShellAnswer> {
    const report = await netbox.setup.check(roles)
    if (report.kind === 'refused') return report
    const lines = reportLines(report)
    if (!file || report.missing.length === 0)
      return { kind: 'answer', lines, isAllWell: report.isReady, change: null }
    const change = await netbox.setup.propose(roles, operator)
    return change.kind === 'refused' ? change : filed(change.changeId, lines)
  }

  async function move({ file, operator }: ShellAsk & { ask: 'move' }): Promise<ShellAnswer> {
    if (!file) {
      const look = await netbox.move.look()
      return look.kind === 'refused' ? look : moveAnswer(look, null)
    }
    const proposed = await netbox.move.propose(operator)
    if (proposed.kind === 'refused') return proposed
    return proposed.kind === 'filed'
      ? filed(proposed.changeId, moveLines(proposed.look))
      : moveAnswer(proposed.look, proposed.why)
  }

  async function decide(ask: ShellAsk & { ask: 'decide' }): Promise<ShellAnswer> {
    const change = approvals.get(ask.changeId)
    if (!change || !shellTools.has(change.tool))
      return refused('This request was not asked for in a shell. Decide it in HWLab.')
    const { changeId, digest, operator } = ask
    const decided = await approvals.decide({
      ...{ changeId, digest, operator, leaveOut: [], channel: 'shell' },
      decision: ask.approve ? 'approve' : 'decline',
    })
    return decided.kind === 'refused' ? decided : outcome(changeId)
  }

  function outcome(changeId: string): ShellAnswer | Refusal {
    const change = approvals.get(changeId)
    if (!change) return refused('There is no such request.')
    const state = changeOf(change, netbox)
    return {
      kind: 'answer',
      lines: stepLines(change, netbox),
      isAllWell: state.state === 'done',
      change: state,
    }
  }

  return async (ask) => {
    switch (ask.ask) {
      case 'set-up':
        return setUp(ask)
      case 'move':
        return move(ask)
      case 'decide':
        return decide(ask)
      case 'outcome':
        return outcome(ask.changeId)
    }
  }
}

type ShownChange = NonNullable<(ShellAnswer & { kind: 'answer' })['change']>

function changeOf(change: ChangeRequest, netbox: NetboxServer): ShownChange {
  const { id, digest, title } = change
  return { id, digest, title, state: stateOf(change, netbox) }
}

function stateOf({ state, steps }: ChangeRequest, netbox: NetboxServer): ShownChange['state'] {
  if (state === 'proposed') return 'open'
  if (state === 'done') return 'done'
  if (state !== 'approved' && state !== 'executing') return 'failed'
  const running = steps.filter((step) => step.state === 'running' || step.state === 'waiting')
  return running.every((step) => netbox.stepStandsBecause(step.id) !== null) ? 'stands' : 'working'
}

function stepLines(change: ChangeRequest, netbox: NetboxServer): string[] {
  const head = changeCard(change).stateWords
  return [
    ...change.steps.map(({ id, title, state, outcome }) => {
      const stands = state === 'running' ? netbox.stepStandsBecause(id) : null
      if (stands !== null) return `  you     ${title}: ${stands}`
      return `  ${state.padEnd(7)} ${title}${outcome ? `: ${outcome}` : ''}`
    }),
    `${head}.`.replace(/\.\.$/, '.'),
  ]
}

const marks: Record<SetupReport['findings'][number]['state'], string> = {
  there: 'ok',
  missing: 'missing',
  differs: 'differs',
  refused: 'you',
  unknown: 'unknown',
}

function reportLines({ target, words, findings }: SetupReport): string[] {
  const lines = findings.flatMap(({ what, state, words: found, fix }) => [
    `  ${marks[state].padEnd(7)} ${what}: ${found}`,
    ...(fix ? [`          ${fix}`] : []),
  ])
  return [`${target}:`, ...lines, words]
}

function eachLines({ items }: EachReport): string[] {
  return items.map(({ name, outcome }) =>
    outcome.kind === 'done'
      ? `  new     ${name}: ${outcome.words}`
      : `  ${outcome.kind === 'skipped' ? 'there  ' : 'you    '} ${name}: ${outcome.why}`,
  )
}

function moveAnswer(look: MoveLook, why: string | null): ShellAnswer {
  const lines = [...moveLines(look), ...(why === null ? [] : [why])]
  return { kind: 'answer', lines, isAllWell: look.report.failed === 0, change: null }
}

function moveLines({ target, report, staying }: MoveLook): string[] {
  const stays = staying.length === 0 ? [] : [`  stays   ${staying.join(', ')}`]
  return [`To ${target}:`, ...eachLines(report), ...stays, moveWords(report)]
}

function moveWords({ done, skipped, failed }: EachReport): string {
  const stays = failed === 0 ? '' : `, ${failed} cannot go before you have done something about it`
  return `${done} to be added, ${skipped} there already${stays}.`
}
