import type { StepExecutor, StepOutcome } from '../../approval/change-request.ts'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import type { Consoles } from './open-consoles.ts'
import { type TypingPayload, typingPayloadSchema, typingStepKind } from './typing-plan.ts'

interface TypingDeps {
  database: LabDatabase
  consoles: Pick<Consoles, 'places' | 'openTerminal' | 'type' | 'closeTerminal'>
  clock: Clock
  report(stepId: string, outcome: StepOutcome): void
}

interface Row extends TypingPayload {
  stepId: string
  state: 'queued' | 'typing' | 'done'
}

/** How long the device may answer before the line is closed. */
const answerMs = 3000
const operator = 'an approved request'
const cutOff: StepOutcome = {
  kind: 'unknown',
  words: 'HWLab ended while it typed. Look at the device: some of it may have arrived.',
}

/** Types what a person approved, once: the row is on disk before the first key. */
export function openTyping(deps: TypingDeps): StepExecutor {
  const { database, consoles, clock } = deps
  const insert = database.prepare<[string, string, string, number]>(
    `insert into console_typing (step_id, place, text, baud_rate, operator, state)
      values (?, ?, ?, ?, '${operator}', 'queued') on conflict (step_id) do nothing`,
  )
  const move = database.prepare<[string, string]>('update console_typing set state = ? where step_id = ?')
  const byId = database.prepare<[string], Row>(
    'select step_id as stepId, place, text, baud_rate as baudRate, state from console_typing where step_id = ?',
  )
  const taken = new Set<string>()
  /** By place: a console that takes nothing keeps only its own lines waiting. */
  const working = new Map<string, Promise<void>>()

  /** Finds no row when what `begin` belonged to was undone. */
  async function carryOut(stepId: string): Promise<void> {
    const row = byId.get(stepId)
    if (!row || row.state === 'done') return
    const outcome = row.state === 'typing' ? cutOff : await typeNow(row)
    database.transaction(() => {
      move.run('done', stepId)
      deps.report(stepId, outcome)
    })()
  }

  async function typeNow({ stepId, place, text, baudRate }: Row): Promise<StepOutcome> {
    const heard: Uint8Array[] = []
    const ended: string[] = []
    const opened = await consoles.openTerminal({
      ...{ place, baudRate, operator },
      onBytes: (bytes) => heard.push(bytes),
      onEnd: (words) => ended.push(words),
    })
    if (opened.kind === 'refused') return { kind: 'failed', words: opened.why }
    move.run('typing', stepId)
    const typed = await consoles.type(opened.id, Buffer.from(text.replace(/\r?\n/g, '\r')))
    await new Promise<void>((resolve) => {
      clock.after(answerMs, resolve)
    })
    await consoles.closeTerminal(opened.id)
    const why = typed.kind === 'refused' ? typed.why : ended[0]
    if (why !== undefined) return { kind: 'unknown', words: `${why} Some of it may have been typed.` }
    const bytes = Buffer.concat(heard).length
    return {
      kind: 'done',
      words:
        bytes === 0 ? 'Typed. The device answered nothing.' : 'Typed. The transcript has what it answered.',
    }
  }

  return {
    kind: typingStepKind,
    async recheck(payload) {
      const parsed = typingPayloadSchema.safeParse(payload)
      if (!parsed.success) return { kind: 'stale', why: 'This step cannot be read. Ask for it again.' }
      return consoles.places().some(({ place }) => place === parsed.data.place)
        ? { kind: 'fresh' }
        : { kind: 'stale', why: 'That console is not plugged in any more.' }
    },
    begin(stepId, payload) {
      const { place, text, baudRate } = typingPayloadSchema.parse(payload)
      insert.run(stepId, place, text, baudRate)
      if (taken.has(stepId)) return
      taken.add(stepId)
      const before = working.get(place) ?? Promise.resolve()
      working.set(
        place,
        before.then(() => carryOut(stepId)),
      )
    },
  }
}
