import { expect, test } from 'vitest'
import { fakeCableTest } from '../support/fake-cable-test.ts'
import { fakeBench, fakeChange, fakeItem } from '../support/fake-lab-things.ts'
import { fakeRecord } from '../support/fake-record.ts'
import { intakeCard, messageOf, photoFile, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

test.each([
  { name: 'wide and light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'a dark phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
])(
  '$name: no accessibility violation, no sideways scrolling',
  async ({ viewport, colorScheme }) => {
    ui.showIntake({
      title: 'Dell PowerEdge R640',
      change: fakeChange({ warnings: [`Serial ${'7XK9QZ2'.repeat(30)} is long.`] }),
      duplicates: [{ words: 'Same serial in Rack 2.', tag: 'HW-00014', url: '/a/HW-00014', certain: true }],
    })
    const text = '| Tag |\n|---|\n| HW-00001 |\n\nand\n\n| Rack |\n|---|\n| 2 |'
    ui.lab().conversation.messages.push(messageOf('m3', 'advisor', [{ kind: 'text', text }]))
    const page = await ui.openPage({ viewport, colorScheme })
    await intakeCard(page).getByRole('button', { name: 'Confirm and print' }).waitFor()
    await intakeCard(page).getByRole('button', { name: 'Serial: certain' }).click()
    expect(await violations(page)).toEqual([])
    for (const section of ['Bench', 'Saving', /hanges$/, /onnected$/, 'Items']) {
      await page.getByRole('button', { name: section }).first().click()
      expect(await violations(page)).toEqual([])
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  },
  60_000,
)

test('on a phone each section keeps its word and its count within its own tab, and off the edge', async () => {
  const page = await ui.openPage({ viewport: { width: 360, height: 740 } })
  const items = Array.from({ length: 48 }, (_, at) => fakeItem({ id: `item-${at}` }))
  ui.lab().send({ section: 'items', value: items })
  const tabs = page.getByRole('navigation', { name: 'Sections' }).getByRole('button')
  await tabs.getByText('48', { exact: true }).waitFor()
  const out = await tabs.evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const tab = button.getBoundingClientRect()
      const seen = [...button.querySelectorAll('span:not(.sr-only, .count), .mark')]
      return seen.flatMap((one) => {
        const { left, right } = one.getBoundingClientRect()
        const fits = left >= Math.max(tab.left, 4) && right <= Math.min(tab.right, innerWidth - 4)
        return fits ? [] : [`${button.textContent}: ${left} to ${right}`]
      })
    }),
  )
  expect(out).toEqual([])
})

test('the intake that begins at an unknown label is for the thing that carries it', async () => {
  const page = await ui.openPage({}, '/a/HW-00007')
  const region = page.getByRole('region', { name: 'Label HW-00007' })
  const other = page.getByRole('region', { name: 'Label HW-00008' })
  ui.lab().answer = () => ({ messageId: 'm1', runId: 'r1' })
  await page.locator('#photo-files').setInputFiles(photoFile)
  await page.getByRole('img', { name: 'label.jpg' }).waitFor()
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await expect.poll(() => ui.heard('message-send')).toMatchObject([{ text: 'Label HW-00007.' }])
  expect(await region.count()).toBe(0)
  await page.goto(`${ui.lab().url}/a/HW-00008`)
  await other.getByRole('button', { name: 'Photograph it' }).waitFor()
  expect(await violations(page)).toEqual([])
  await other.getByRole('button', { name: 'Begin without a photo' }).click()
  await expect
    .poll(() => ui.heard('message-send'))
    .toMatchObject([{}, { text: expect.stringContaining('HW-00008') }])
})

test('many cards scroll in their own place, the page itself never does', async () => {
  const items = Array.from({ length: 5 }, (_, index) =>
    fakeItem({ id: `item-${index}`, title: `Box ${index}`, conversationId: 'conversation-1' }),
  )
  ui.lab().send({ section: 'items', value: items })
  const page = await ui.openPage()
  await page.getByRole('region', { name: 'Intake: Box 4' }).waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
})

test('a part that cannot be drawn says so; the chat and the other panels go on', async () => {
  const page = await ui.openPage()
  ui.lab().answer = ({ name }) => (name === 'cable-test-open' ? { drawing: null } : {})
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), cableTests: [fakeCableTest()] } })
  await page.getByRole('button', { name: 'Bench' }).first().click()
  await page.getByRole('alert').getByText('HWLab made a mistake').waitFor()
  await page.getByRole('textbox', { name: 'Message' }).fill('still here')
  await page.getByRole('button', { name: 'Saving' }).first().click()
  await page.getByText('Everything is saved.').waitFor()
  expect(await violations(page)).toEqual([])
})

test('a card that is open beside the chat is not taken for the one in it', async () => {
  const recorded = { tag: 'HW-00001', record: fakeRecord, state: 'complete', tone: 'good' } as const
  ui.showIntake({ ...recorded, edit: fakeChange({ id: 'edit-1' }) })
  const page = await ui.openPage({}, '/?tag=HW-00001')
  await page.getByRole('region', { name: 'Item: Dell PowerEdge R640' }).waitFor()
  await intakeCard(page).waitFor()
  expect(await violations(page)).toEqual([])
})

test('a used sign-in link says how to get a new one; a good one opens the lab', async () => {
  const page = await ui.blankPage()
  await page.goto(`${ui.lab().url}/sign-in#used`)
  await page.getByText('npx hwlab token create --sign-in').waitFor()
  expect(await violations(page)).toEqual([])
  await page.goto(`${ui.lab().url}/sign-in#good`)
  await page.waitForURL(`${ui.lab().url}/`)
})

test('signing in goes on to the page that was wanted, also when the link is opened afterwards', async () => {
  const page = await ui.blankPage()
  await page.goto(`${ui.lab().url}/sign-in?next=%2Fa%2FHW-00007`)
  await page.getByText('You need a sign-in link').waitFor()
  await page.goto(`${ui.lab().url}/sign-in#good`)
  await page.waitForURL(`${ui.lab().url}/a/HW-00007`)
  await page.goto(`${ui.lab().url}/sign-in?next=%2F%2Fevil.example%2F#good`)
  await page.waitForURL(`${ui.lab().url}/`)
})

test('an answer in a conversation of 5,000 messages arrives without drawing all of them', async () => {
  ui.lab().conversation.messages = Array.from({ length: 5000 }, (_, index) =>
    messageOf(`m${index}`, index % 2 ? 'advisor' : 'operator', [{ kind: 'text', text: `Message ${index}` }]),
  )
  const page = await ui.openPage()
  await page.getByText('Message 4999').last().waitFor()
  expect(await page.getByRole('article').count()).toBeLessThan(200)
  await page.getByRole('button', { name: /Show earlier messages/ }).scrollIntoViewIfNeeded()
  await page.getByText('Message 4900', { exact: true }).waitFor()
  expect(await page.getByRole('article').count()).toBeLessThan(200)
  await page.getByRole('button', { name: 'Newest' }).click()
  await expect.poll(() => page.getByText('Message 4999').last().isVisible()).toBe(true)
})
