import { expect, test } from 'vitest'
import { changeViewSchema } from '../../../agent/protocol/changes.ts'
import { changeStates } from '../../../mcp-servers/approval/change-request.ts'
import { approveWords, changeCard, stateSentence } from '../../../mcp-servers/approval/change-view.ts'
import { wordPlan } from '../../support/echo-domain.ts'
import { openEchoLab } from '../../support/echo-lab.ts'

const from = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }

test('every state has words that a person understands and never shows its code name alone', () => {
  const lab = openEchoLab()
  const change = lab.approvals.file(wordPlan('apple', true), from)
  for (const state of changeStates) {
    const card = changeCard({ ...change, state })
    expect(card.stateWords.length).toBeGreaterThan(3)
    expect(changeViewSchema.parse(card)).toEqual(card)
  }
  lab.close()
})

test('the button says what it does', () => {
  const step = (kind: string) => ({ ...wordPlan('x').steps[0], kind })
  const words = (...kinds: string[]) => {
    const lab = openEchoLab()
    const steps = kinds.map((kind) => ({
      ...step(kind),
      title: kind,
      payload: {},
      waitsFor: null,
      optional: false,
    }))
    const change = lab.approvals.file({ ...wordPlan('x'), steps }, from)
    lab.close()
    return approveWords(change)
  }
  expect(words('netbox.create_item', 'devices.print_label')).toBe('Confirm and print')
  expect(words('netbox.create_item')).toBe('Create record')
  expect(words('devices.print_label')).toBe('Print')
  expect(words('netbox.update_item')).toBe('Confirm')
})

test('the sentence about a failed change says what did happen and what did not', () => {
  const lab = openEchoLab()
  const filed = lab.approvals.file(wordPlan('apple', true), from)
  const [store, say] = filed.steps
  if (!store || !say) throw new Error('two steps were planned')
  const steps = [
    { ...store, state: 'done' as const, outcome: 'Stored.' },
    { ...say, state: 'failed' as const, outcome: 'The cover is open.' },
  ]
  expect(stateSentence({ ...filed, state: 'failed', steps })).toBe('Partly done. Stored. The cover is open.')
  lab.close()
})

test('a change that went well is told in the words of its steps alone', () => {
  const lab = openEchoLab()
  const filed = lab.approvals.file(wordPlan('apple', true), from)
  const [store, say] = filed.steps
  if (!store || !say) throw new Error('two steps were planned')
  const steps = [
    { ...store, state: 'done' as const, outcome: 'Apple is stored and read back.' },
    { ...say, state: 'done' as const, outcome: 'It was said aloud' },
  ]
  const done = { ...filed, state: 'done' as const, steps }
  expect(stateSentence(done)).toBe('Apple is stored and read back. It was said aloud.')
  expect(stateSentence({ ...done, steps: steps.map((step) => ({ ...step, outcome: null })) })).toBe('Done.')
  lab.close()
})
