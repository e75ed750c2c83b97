import { expect, test } from 'vitest'
import type { RoutingView } from '../../agent/protocol/routing.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const view: RoutingView = {
  choices: [
    { wish: 'auto', name: 'HWLab chooses', whyNot: null },
    { wish: 'local', name: 'Local models only', whyNot: null },
    { wish: 'cloud', name: 'Cloud only', whyNot: 'No cloud model is connected.' },
    { wish: 'ollama/gemma', name: 'gemma (Ollama)', whyNot: null },
  ],
  chosen: [],
  keepLocal: false,
  photosToCloud: false,
  tasks: [
    { task: 'lookup', name: 'a question about your lab' },
    { task: 'explain', name: 'a question that needs nothing of your lab' },
  ],
  examples: [{ id: 'example-1', text: 'does it bite?', name: 'small talk' }],
  misroutesWords: 'HWLab chose the model for one answer; you corrected none.',
  weeks: [
    {
      name: 'Last 7 days',
      words:
        '14 answers, 11 without the cloud; 1 too weak, 0 read wrongly. Of 1 tried again on this network, 1 would have done there.',
    },
    { name: 'The week before', words: '9 answers, 9 without the cloud; 0 too weak, 1 read wrongly.' },
  ],
  replays: true,
}

test('a person chooses who answers with the keyboard, and reads why something cannot be had', async () => {
  const page = await ui.openPage()
  ui.lab().send({ section: 'routing', value: view })
  const who = page.getByRole('combobox', { name: 'Who answers' })
  await who.waitFor()
  ui.lab().answer = () => 'No cloud model is connected.'
  await who.selectOption('cloud')
  await page.getByText('No cloud model is connected.').waitFor()
  expect(await who.inputValue()).toBe('auto')
  ui.lab().answer = () => ({ words: 'Done.' })
  await who.focus()
  await page.keyboard.press('ArrowDown')
  await expect
    .poll(() => ui.heard('route-use').at(-1))
    .toEqual({ conversationId: 'conversation-1', wish: 'local' })
  const chosen = [{ conversationId: 'conversation-1', wish: 'local' }]
  ui.lab().send({ section: 'routing', value: { ...view, chosen } })
  await expect.poll(() => who.inputValue()).toBe('local')
  expect(await violations(page)).toEqual([])
}, 60_000)

test('the switch fits on a phone beside the camera and the send button', async () => {
  const page = await ui.openPage({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  ui.lab().send({ section: 'routing', value: view })
  const who = page.getByRole('combobox', { name: 'Who answers' })
  await who.waitFor()
  expect((await who.boundingBox())?.height).toBeGreaterThanOrEqual(44)
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
}, 60_000)

test('below an answer stands which models were thought of, and what became of each', async () => {
  ui.lab().conversation.messages = [messageOf('m2', 'advisor', [{ kind: 'text', text: 'Two.' }])]
  ui.lab().answer = () => ({
    route: {
      words: 'The cheapest model that can was asked first.',
      task: 'lookup',
      canLearn: true,
      asked:
        'HWLab could not tell what this asks for and had gemma (Ollama) read it: “a question about your lab” (0.4 s).',
      models: [
        { name: 'gemma (Ollama)', words: 'it answered with nothing' },
        { name: 'far (Cloud)', words: 'it was asked' },
      ],
    },
  })
  const page = await ui.openPage()
  await page.locator('.answered-by .disclosure-trigger').click()
  await page.getByText('gemma (Ollama): it answered with nothing').waitFor()
  await page.getByText('had gemma (Ollama) read it').waitFor()
  expect(ui.heard('route-open')).toContainEqual({ messageId: 'm2' })
  ui.lab().send({ section: 'routing', value: view })
  await page.getByRole('combobox', { name: 'It asks for' }).selectOption('explain')
  ui.lab().answer = () => ({ words: 'Learnt.' })
  await page.getByRole('button', { name: 'Learn this' }).click()
  await page.getByText('Learnt.').waitFor()
  expect(ui.heard('route-learn')).toEqual([{ messageId: 'm2', task: 'explain' }])
  expect(await violations(page)).toEqual([])
}, 60_000)

test('what may leave this network, and what is tried again at night, are switches', async () => {
  ui.lab().answer = () => ({ words: 'Done.' })
  const page = await ui.openPage()
  ui.lab().send({ section: 'routing', value: view })
  await page.getByRole('button', { name: /^What is connected/ }).click()
  await page.getByRole('checkbox', { name: 'Keep everything that I ask on this network' }).click()
  await expect.poll(() => ui.heard('route-rules')).toEqual([{ keepLocal: true, photosToCloud: false }])
  await page.getByText('Of 1 tried again on this network, 1 would have done there.').waitFor()
  await page.getByRole('checkbox', { name: /^At night, try one in twenty/ }).click()
  await expect.poll(() => ui.heard('route-replays')).toEqual([{ isOn: false }])
  await page.getByRole('button', { name: 'Forget “does it bite?”' }).click()
  await expect.poll(() => ui.heard('route-forget')).toEqual([{ exampleId: 'example-1' }])
  expect(await violations(page)).toEqual([])
}, 60_000)
