import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeRequest } from '../../../mcp-servers/approval/change-request.ts'
import { type Visitor, visitConfirmPage } from '../../support/confirm-page-visitor.ts'
import { decide } from '../../support/echo-lab.ts'

let visitor: Visitor
beforeEach(() => {
  visitor = visitConfirmPage()
})
afterEach(() => visitor.lab.close())

test('the page shows what will be done, for whom, and until when', async () => {
  const html = await (await visitor.open(visitor.file('apple', true))).text()
  for (const words of [
    'Store “apple”',
    'Claude Desktop',
    'nothing',
    'Say it aloud',
    'Expires in 24 hours',
    'Confirm and print',
    'Decline',
    'operator',
  ])
    expect(html).toContain(words)
  expect(html).not.toContain('<script')
})

test('a click on confirm carries it out, and the page then shows the work', async () => {
  const change = visitor.file()
  const response = await visitor.click(change, 'approve')
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(`/c/${change.id}`)
  expect(visitor.lab.store.begun).toHaveLength(1)
  expect(visitor.lab.approvals.get(change.id)).toMatchObject({
    state: 'executing',
    decidedBy: 'operator',
    channel: 'confirm-page',
  })
  const html = await (await visitor.open(change)).text()
  expect(html).toContain('Working')
  expect(html).toContain('http-equiv="refresh"')
  expect(html).not.toContain('<form')
})

test('a box that is not ticked leaves its step out', async () => {
  const change = visitor.file('apple', true)
  const fields = await visitor.formOf(change)
  fields.set('decision', 'approve')
  fields.delete('do')
  await visitor.send(change, fields)
  expect(visitor.lab.approvals.get(change.id)?.steps[1]?.state).toBe('left-out')
})

test('decline declines', async () => {
  const change = visitor.file()
  await visitor.click(change, 'decline')
  expect(visitor.stateOf(change)).toBe('declined')
  expect(await (await visitor.open(change)).text()).toContain('Declined; nothing was done')
})

test('every state has its own look', async () => {
  const looks: Record<string, string> = {}
  const look = async (change: ChangeRequest) => {
    const html = await (await visitor.open(change)).text()
    return /<p class="state (\w+)">([^<]*)/.exec(html)?.slice(1).join(': ') ?? ''
  }
  const waiting = visitor.file('waiting')
  looks.waiting = await look(waiting)
  const working = visitor.file('working')
  await decide(visitor.lab.approvals, working)
  looks.working = await look(working)
  visitor.lab.approvals.finishStep(working.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  looks.done = await look(working)
  const failed = visitor.file('failed')
  await decide(visitor.lab.approvals, failed)
  visitor.lab.approvals.finishStep(failed.steps[0]?.id ?? '', { kind: 'failed', words: 'NetBox refused it.' })
  looks.failed = await look(failed)
  expect(await (await visitor.open(failed)).text()).toContain('NetBox refused it.')
  visitor.lab.clock.advance(25 * 60 * 60 * 1000)
  looks.expired = await look(waiting)
  expect(looks).toEqual({
    waiting: 'ask: Waiting for your decision',
    working: 'working: Working',
    done: 'good: Done',
    failed: 'bad: Failed',
    expired: 'muted: Expired; nothing was done',
  })
})

test('a request that does not exist is a page with a sentence', async () => {
  const response = await visitor.open({ id: 'nope' })
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('There is no such request here.')
})
