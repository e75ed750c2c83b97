import { afterEach, expect, test, vi } from 'vitest'
import type { StepOutcome } from '../../../../mcp-servers/approval/change-request.ts'
import { consoleMigrations } from '../../../../mcp-servers/devices/consoles/sessions-table.ts'
import { openTyping } from '../../../../mcp-servers/devices/consoles/typing-executor.ts'
import { typingPlan } from '../../../../mcp-servers/devices/consoles/typing-plan.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../../support/fake-clock.ts'

const payload = { place: 'simulated:console', text: 'show clock\nexit\n', baudRate: 9600 }

function typing(database = openDatabase(':memory:', [consoleMigrations])) {
  const clock = new FakeClock()
  const typed: string[] = []
  const outcomes = new Map<string, StepOutcome>()
  const plugged = { there: true, unplug: (_words: string) => {}, hung: new Set<string>() }
  const executor = openTyping({
    ...{ database, clock },
    consoles: {
      places: () =>
        plugged.there
          ? [{ place: payload.place, name: 'x', simulated: true, usedFor: null, lastRate: null }]
          : [],
      async openTerminal({ place, onEnd }) {
        plugged.unplug = onEnd
        return { kind: 'open', id: place }
      },
      async type(id, bytes) {
        if (plugged.hung.has(id)) return new Promise(() => {})
        typed.push(Buffer.from(bytes).toString())
        return { kind: 'ok' }
      },
      closeTerminal: async () => {},
    },
    report: (stepId, outcome) => void outcomes.set(stepId, outcome),
  })
  async function finished() {
    await vi.waitFor(() => {
      clock.advance(10_000)
      expect(outcomes.size).toBe(1)
    })
    return outcomes
  }
  return { database, executor, typed, plugged, finished, outcomes }
}

afterEach(() => vi.restoreAllMocks())

test('what a person approved is typed exactly, once, however often it is begun', async () => {
  const { executor, typed, finished } = typing()
  executor.begin('step-1', payload)
  executor.begin('step-1', payload)
  expect((await finished()).get('step-1')).toMatchObject({ kind: 'done' })
  expect(typed).toEqual(['show clock\rexit\r'])
})

test('a console that is unplugged before it could answer is not said to have got the lines', async () => {
  const { executor, plugged, typed, finished } = typing()
  executor.begin('step-1', payload)
  await vi.waitFor(() => expect(typed).toHaveLength(1))
  plugged.unplug('The console was unplugged.')
  expect((await finished()).get('step-1')).toEqual({
    kind: 'unknown',
    words: 'The console was unplugged. Some of it may have been typed.',
  })
})

test('a console that takes no keys does not keep another waiting', async () => {
  const { executor, plugged, finished } = typing()
  plugged.hung.add('usb:hung')
  executor.begin('step-1', { ...payload, place: 'usb:hung' })
  executor.begin('step-2', payload)
  expect((await finished()).get('step-2')).toMatchObject({ kind: 'done' })
})

test('what a crash cut off is never typed again: a person is asked', async () => {
  const before = typing()
  before.database
    .prepare("insert into console_typing values ('step-1', ?, ?, 9600, 'x', 'typing')")
    .run(payload.place, payload.text)
  const { executor, typed, finished } = typing(before.database)
  executor.begin('step-1', payload)
  expect((await finished()).get('step-1')).toMatchObject({ kind: 'unknown' })
  expect(typed).toEqual([])
})

test('a console that is gone by now makes the request stale', async () => {
  const { executor, plugged } = typing()
  expect(await executor.recheck(payload)).toEqual({ kind: 'fresh' })
  plugged.there = false
  expect(await executor.recheck(payload)).toMatchObject({ kind: 'stale' })
})

test('the person sees every line, and control characters too', () => {
  const plan = typingPlan({ ...payload, text: 'conf t\n\u0003reload\n\n' }, 'Cisco USB console', false)
  expect(plan.tier).toBe('physical')
  expect(plan.lines.map(({ after }) => after)).toEqual([
    'Cisco USB console, 9600 baud',
    'conf t',
    '^Creload',
    '(an empty line)',
  ])
})
