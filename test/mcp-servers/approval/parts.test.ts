import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangePlan, ChangeRequest } from '../../../mcp-servers/approval/change-request.ts'
import { changeCard } from '../../../mcp-servers/approval/change-view.ts'
import { wordPlan } from '../../support/echo-domain.ts'
import { decide, type EchoLab, openEchoLab } from '../../support/echo-lab.ts'

let lab: EchoLab
beforeEach(() => {
  lab = openEchoLab()
})
afterEach(() => lab.close())

const operator = { server: 'netbox', tool: 'propose_all', requester: 'operator:operator' }
const poison = { kind: 'stale', why: 'Pear was changed meanwhile.' } as const

/** Stores each word, and says it aloud once it is stored; each of them may be left out. */
function wordsPlan(words: string[]): ChangePlan {
  const steps = words.flatMap((word, at) => {
    const [store, say] = wordPlan(word, true).steps
    if (!store || !say) throw new Error('two steps were planned')
    return [
      { ...store, title: `Store ${word}`, optional: true },
      { ...say, title: `Say ${word}`, waitsFor: at * 2 },
    ]
  })
  return { ...wordPlan('all'), title: 'Store the words', tier: 'bulk-or-destructive', steps }
}

function file(words = ['apple', 'pear', 'plum']): ChangeRequest {
  return lab.approvals.file(wordsPlan(words), operator)
}

/** Only the word “pear” has changed meanwhile. */
function poisonPear(): void {
  lab.store.recheck = async (payload) =>
    JSON.stringify(payload).includes('pear') ? poison : { kind: 'fresh' }
}

function finishAll(change: ChangeRequest): void {
  for (const { id } of lab.approvals.get(change.id)?.steps ?? [])
    lab.approvals.finishStep(id, { kind: 'done', words: 'Done.' })
}

test('one that changed meanwhile is not done; the others are', async () => {
  poisonPear()
  const change = file()
  await decide(lab.approvals, change)
  finishAll(change)
  const after = lab.approvals.get(change.id)
  expect(after?.steps.map(({ title, state, outcome }) => [title, state, outcome])).toEqual([
    ['Store apple', 'done', 'Done.'],
    ['Say apple', 'done', 'Done.'],
    ['Store pear', 'failed', poison.why],
    ['Say pear', 'failed', 'Not done, because “Store pear” failed.'],
    ['Store plum', 'done', 'Done.'],
    ['Say plum', 'done', 'Done.'],
  ])
  expect(after?.state).toBe('failed')
  expect(after && changeCard(after).stateWords).toBe('Partly done: 2 done, 1 failed')
})

test('when nothing can be done any more, nothing is, and the request says why', async () => {
  lab.store.answer = poison
  const change = file()
  await decide(lab.approvals, change)
  expect(lab.approvals.get(change.id)).toMatchObject({ state: 'stale', why: poison.why })
  expect(lab.store.begun).toEqual([])
})

test('a step that must not be left out still stops the whole request', async () => {
  poisonPear()
  const [apple, pear] = ['apple', 'pear'].flatMap((word) => wordPlan(word).steps)
  if (!apple || !pear) throw new Error('two steps were planned')
  const change = lab.approvals.file({ ...wordPlan('all'), steps: [apple, pear] }, operator)
  await decide(lab.approvals, change)
  expect(lab.approvals.get(change.id)).toMatchObject({ state: 'stale' })
  expect(lab.store.begun).toEqual([])
})

test('what a person left out is not checked again, not done, and told apart from what failed', async () => {
  poisonPear()
  const change = file()
  await decide(lab.approvals, change, 'approve', [2, 3, 5])
  finishAll(change)
  const after = lab.approvals.get(change.id)
  expect(after?.state).toBe('done')
  expect(after && changeCard(after).stateWords).toBe('Done: 2 done, 1 left out')
  expect(lab.store.begun).toHaveLength(2)
})

test('one word cannot be left out while saying it is wanted', async () => {
  const change = file()
  expect(await decide(lab.approvals, change, 'approve', [2])).toMatchObject({ kind: 'refused' })
})

test('how each came out can be read for an hour, the newest first; what nobody approved is not there', async () => {
  const first = file(['apple', 'pear'])
  await decide(lab.approvals, first)
  expect(lab.approvals.reports()).toEqual([])
  finishAll(first)
  lab.clock.advance(30 * 60_000)
  const second = file(['plum', 'fig'])
  await decide(lab.approvals, second)
  finishAll(second)
  const declined = file(['kiwi', 'lime'])
  await decide(lab.approvals, declined, 'decline')
  const single = lab.approvals.file(wordPlan('melon', true), operator)
  await decide(lab.approvals, single)
  finishAll(single)
  expect(lab.approvals.reports().map(({ id }) => id)).toEqual([second.id, first.id])
  lab.clock.advance(31 * 60_000)
  expect(lab.approvals.reports().map(({ id }) => id)).toEqual([second.id])
})
