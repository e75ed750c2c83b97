import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { SetupView } from '../../agent/protocol/setup.ts'
import { fakeConnections } from '../support/fake-lab-things.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const lacking: SetupView = {
  target: 'NetBox at https://netbox.lan',
  words: '2 things are missing, 1 needs you in NetBox.',
  isReady: false,
  findings: [
    { what: 'Version', state: 'there', words: 'NetBox 4.7.3', fix: null },
    {
      what: 'Token',
      state: 'refused',
      words: 'v2, may only read',
      fix: 'In NetBox open the token and tick “Write enabled”.',
    },
    { what: 'Custom field “hwlab_id” on devices', state: 'missing', words: 'Missing', fix: null },
    { what: 'Tag “hwlab”', state: 'missing', words: 'Missing', fix: null },
  ],
  missing: 2,
  offeredRoles: ['Router', 'Switch'],
}

async function openConnections(width = 1280): Promise<Page> {
  const netbox = {
    ...{ name: 'NetBox', stateWords: 'NetBox at https://netbox.lan, version 4.7.3', tone: 'good' as const },
    ...{ fix: null, offersSetUp: true as const },
  }
  ui.lab().send({ section: 'connections', value: [netbox, ...fakeConnections().slice(1)] })
  const page = await ui.openPage({ viewport: { width, height: 800 } })
  await page
    .getByRole('button', { name: /^(What is connected|Connected)/ })
    .first()
    .click()
  return page
}

test('the set-up shows what is missing, by keyboard, and files one request for it', async () => {
  ui.lab().answer = ({ name }) => (name === 'set-up-check' ? lacking : { changeId: 'change-1' })
  const page = await openConnections()
  await page.getByRole('button', { name: 'Set up' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText(lacking.words).waitFor()
  await page.getByText('In NetBox open the token and tick “Write enabled”.').waitFor()
  expect(await page.getByText('NetBox 4.7.3', { exact: true }).count()).toBe(0)
  await page.getByRole('button', { name: 'There already (1)' }).click()
  await page.getByText('NetBox 4.7.3', { exact: true }).waitFor()
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'Add what is missing (2)' }).click()
  await page.getByText('It waits for your decision among the requests.').waitFor()
  expect(ui.heard('set-up-propose')).toEqual([{ roles: [] }])
})

test('a device role that is wanted is looked for and added as well', async () => {
  ui.lab().answer = ({ name }) => (name === 'set-up-check' ? lacking : { changeId: 'change-1' })
  const page = await openConnections(400)
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('button', { name: 'Device roles to add now' }).click()
  await page.getByRole('checkbox', { name: 'Switch' }).check()
  await expect.poll(() => ui.heard('set-up-check')).toEqual([{ roles: [] }, { roles: ['Switch'] }])
  await page.getByRole('button', { name: 'Add what is missing (2)' }).click()
  await expect.poll(() => ui.heard('set-up-propose')).toEqual([{ roles: ['Switch'] }])
  expect(await violations(page)).toEqual([])
})

test('a NetBox that is away is said so, and nothing is offered', async () => {
  ui.lab().answer = () => 'NetBox cannot be reached.'
  const page = await openConnections()
  await page.getByRole('button', { name: 'Set up' }).click()
  await page.getByRole('alert').getByText('NetBox cannot be reached.').waitFor()
  expect(await page.getByRole('button', { name: /^Add what is missing/ }).count()).toBe(0)
})
