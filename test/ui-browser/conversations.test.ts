import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { startedAt } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()
const longTitle =
  'Why does the third disk of the storage server in the lower rack vanish every second Sunday night'

function showList(): void {
  const summary = (id: string, title: string, pinned = false) => ({ id, title, updatedAt: startedAt, pinned })
  ui.lab().send({
    section: 'conversations',
    value: [
      summary('c-pinned', 'Serial numbers of the optics', true),
      summary('conversation-1', 'Which switch has free ports?'),
      summary('c-long', longTitle),
      summary('c-old', 'Photo: attic.jpg'),
    ],
  })
}

/** Answers searches as the agent would for “3xk9”, and everything else with what it needs. */
function answerAll(): void {
  ui.lab().answer = ({ name, body }) => {
    if (name !== 'conversation-search') return { title: '', pinned: true, deletedId: 'c-old' }
    const summary = { id: 'c-old', title: 'Photo: attic.jpg', updatedAt: startedAt, pinned: false }
    const excerpt = {
      messageId: 'm-7',
      before: '…and the label on its back says ',
      found: 'PF-3XK9',
      after: '-Q7, which is a Dell PowerEdge R640 from the first delivery',
    }
    const isThere = JSON.stringify(body).includes('3xk9')
    return { found: isThere ? [{ ...summary, excerpt }] : [], more: false }
  }
}

const list = (page: Page) => page.getByRole('region', { name: 'Conversations' })
const more = (page: Page, title: string) =>
  list(page).getByRole('button', { name: `Pin, rename or delete “${title}”` })

test('typing finds conversations by what was said, and says when there is none', async () => {
  answerAll()
  const page = await ui.openPage()
  showList()
  const search = list(page).getByRole('searchbox', { name: 'Find in conversations' })
  await search.fill('3xk9')
  await list(page).getByText('1 conversation', { exact: true }).waitFor()
  await list(page).getByText('and the label on its back says').waitFor()
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'conversations-found')
  await search.fill('"; drop')
  await list(page).getByText('No conversation has “"; drop” in it. Try fewer or shorter words.').waitFor()
  await search.press('Escape')
  await list(page).getByText('Which switch has free ports?').waitFor()
  await keepScreen(page, 'conversations')
}, 60_000)

test('a conversation is pinned, renamed and deleted with the keyboard alone', async () => {
  answerAll()
  const page = await ui.openPage()
  showList()
  await more(page, 'Photo: attic.jpg').waitFor()
  await list(page).getByRole('searchbox').focus()
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  expect(await more(page, 'Photo: attic.jpg').getAttribute('aria-expanded')).toBe('true')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => ui.heard('conversation-pin')).toEqual([{ conversationId: 'c-old', pinned: true }])
  await expect.poll(() => more(page, 'Photo: attic.jpg').getAttribute('aria-expanded')).toBe('false')

  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Attic')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => ui.heard('conversation-rename'))
    .toEqual([{ conversationId: 'c-old', title: 'Attic' }])
  await expect.poll(() => more(page, 'Photo: attic.jpg').getAttribute('aria-expanded')).toBe('false')

  await page.keyboard.press('Enter')
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByText('All that was said in it goes.').waitFor()
  await keepScreen(page, 'conversation-delete')
  await page.keyboard.press('Escape')
  expect(ui.heard('conversation-delete')).toEqual([])
  await page.keyboard.press('Enter')
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => ui.heard('conversation-delete')).toEqual([{ conversationId: 'c-old' }])
}, 60_000)

test('why a conversation cannot be deleted stands beside it, on a phone in the dark as well', async () => {
  ui.lab().answer = () => 'A request in it waits for your decision. Approve or decline it first.'
  const page = await ui.openPage({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  })
  showList()
  await page.getByRole('button', { name: 'Conversations' }).first().click()
  await more(page, longTitle).click()
  await list(page).getByRole('button', { name: 'Delete', exact: true }).click()
  await list(page).getByRole('button', { name: 'Delete it' }).click()
  await page.getByText('A request in it waits for your decision.').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'conversations-phone-dark')
}, 60_000)

test('what was found is brought into view in a long conversation, and marked', async () => {
  answerAll()
  ui.lab().conversation.messages = Array.from({ length: 400 }, (_, at) =>
    messageOf(`m-${at}`, at % 2 === 0 ? 'operator' : 'advisor', [
      {
        kind: 'text',
        text: at === 7 ? 'The label says PF-3XK9-Q7.' : `Sentence ${at}. ${'More. '.repeat(40)}`,
      },
    ]),
  )
  const page = await ui.openPage()
  showList()
  await list(page).getByRole('searchbox').fill('3xk9')
  await list(page).getByText('and the label on its back says').click()
  const found = page.locator('.message-sought')
  await found.getByText('The label says PF-3XK9-Q7.').waitFor()
  await expect
    .poll(() =>
      found.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect()
        return top >= 0 && bottom <= innerHeight
      }),
    )
    .toBe(true)
  await keepScreen(page, 'conversation-sought')
  await page.getByRole('button', { name: 'Newest' }).click()
  await page.locator('[data-message="m-399"]').waitFor()
}, 60_000)

test('whose conversation was deleted in another window finds itself in the newest one', async () => {
  const page = await ui.openPage()
  ui.lab().deletedId = ui.lab().conversation.id
  ui.lab().conversation = {
    ...{ id: 'c-new', title: 'The newest', run: null },
    messages: [messageOf('m1', 'advisor', [{ kind: 'text', text: 'This is the newest one.' }])],
  }
  ui.lab().dropSockets()
  await page.getByText('This is the newest one.').first().waitFor()
}, 60_000)
