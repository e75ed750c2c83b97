import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let folder: string
let app: AgentApp
let tab: Tab

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-deleted-'))
  app = await openAgentApp({ path: join(folder, 'hwlab.db') })
  tab = await openTab(app.app.url, app.cookie)
})
afterEach(async () => {
  tab.close()
  await app.close()
  rmSync(folder, { recursive: true })
})

/** Files of the folder in which the word stands somewhere. */
function filesWith(word: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(word))
}

test('what was said in a deleted conversation stands in no file any more', async () => {
  const made = await tab.ask('conversation-new', {})
  if (made.kind === 'refused') throw new Error(made.why)
  const { conversationId } = made.value
  await tab.open(conversationId)
  await tab.send('find quartzwombat')
  await tab.until(runEnded)
  expect(filesWith('quartzwombat')).not.toEqual([])

  expect(await tab.ask('conversation-delete', { conversationId })).toMatchObject({ kind: 'ok' })
  expect(filesWith('quartzwombat')).toEqual([])
})
