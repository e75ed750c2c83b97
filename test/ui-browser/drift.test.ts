import type { BrowserContextOptions } from 'playwright-core'
import { expect, test } from 'vitest'
import { fakeDrift, fakeFindings } from '../support/fake-drift.ts'
import { fakeChange, fakeItem } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

async function openChanges(options: BrowserContextOptions = {}) {
  const page = await ui.openPage(options)
  const name = (options.viewport?.width ?? 1280) < 1000 ? /^Changes/ : /^NetBox changes/
  await page.getByRole('button', { name }).first().click()
  return page
}

test.each([
  { name: 'drift', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'drift-phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
])('$name: every difference with both values, who made it, and what to do', async ({ name, ...options }) => {
  ui.lab().send({ section: 'drift', value: fakeDrift({ findings: fakeFindings }) })
  const page = await openChanges(options)
  await page.getByText('By operator').waitFor()
  for (const words of ['Gone from NetBox (1)', 'NetBox no longer says it (1)', 'Changed in NetBox (1)'])
    expect(await page.getByRole('heading', { name: words }).count()).toBe(1)
  expect(await page.getByRole('row', { name: 'Serial number UB24X7K9Q2M1 empty' }).count()).toBe(1)
  expect(await violations(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await keepScreen(page, name)
})

test('by keyboard: HWLab’s value is restored by a request that is decided at the difference', async () => {
  const change = fakeChange({
    id: 'change-5',
    itemId: null,
    title: 'Restore what HWLab recorded of HW-00001',
    lines: [{ label: 'Location', before: 'Attic', after: 'Workshop' }],
    steps: [],
  })
  ui.lab().send({ section: 'drift', value: fakeDrift({ findings: fakeFindings }) })
  ui.lab().answer = ({ name }) => {
    if (name === 'drift-act') ui.lab().send({ section: 'changes', value: [change] })
    return { words: 'It waits for your decision.', changeId: 'change-5' }
  }
  const page = await openChanges()
  await page.getByRole('button', { name: 'Restore HWLab’s: HW-00001 Dell PowerEdge R640' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => ui.heard('drift-act')).toEqual([{ findingId: 'record:2', action: 'restore' }])
  await page.getByRole('region', { name: `Request: ${change.title}` }).waitFor()
  expect(await violations(page)).toEqual([])
})

test('NetBox’s values are taken for all at once, and what could not be is told', async () => {
  ui.lab().send({ section: 'drift', value: fakeDrift({ findings: fakeFindings }) })
  ui.lab().answer = () => ({
    words: '1 done, 1 skipped.',
    left: [{ name: 'HW-00002', kind: 'skipped', why: 'HW-00002 keeps its tag: it is on the thing.' }],
  })
  const page = await openChanges()
  await page.getByRole('button', { name: 'Take NetBox’s for all (2)' }).click()
  await page.getByText('HW-00002: HW-00002 keeps its tag: it is on the thing.').waitFor()
  expect(ui.heard('drift-take-all')).toEqual([{ findingIds: ['record:1', 'record:2'] }])
})

test.each([
  { name: 'drift-none', drift: fakeDrift() },
  {
    name: 'drift-away',
    drift: fakeDrift({
      findings: fakeFindings.slice(1),
      tone: 'bad',
      words: 'Nothing answers at NetBox’s address. Is NetBox running? What is shown here may be old.',
    }),
  },
])('$name: it says how it stands, and looks again when asked', async ({ name, drift }) => {
  ui.lab().send({ section: 'drift', value: drift })
  ui.lab().answer = () => ({ words: 'All the same.' })
  const page = await openChanges()
  await page.getByText(drift.words).waitFor()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect.poll(() => ui.heard('drift-look')).toEqual([{ scope: 'changes' }])
  await page.getByRole('checkbox', { name: 'Look through everything once a week' }).click()
  await expect.poll(() => ui.heard('drift-weekly')).toEqual([{ on: true }])
  expect(await violations(page)).toEqual([])
  await keepScreen(page, name)
  ui.lab().send({ section: 'drift', value: { ...drift, isLooking: true } })
  await page.getByText('Comparing…').waitFor()
  expect(await page.getByRole('button', { name: 'Check now' }).isDisabled()).toBe(true)
})

test('many differences stay readable: long values wrap, and the rest is in the report', async () => {
  const fields = [{ label: 'Comments', hwlab: 'Kept dry. '.repeat(40), netbox: 'x'.repeat(400) }]
  const findings = fakeFindings.flatMap((finding) =>
    Array.from({ length: 16 }, (_, at) => ({
      ...finding,
      id: `${finding.id}${at}`,
      tag: `${finding.tag}${at}`,
      fields,
    })),
  )
  ui.lab().send({ section: 'drift', value: fakeDrift({ findings, more: 17 }) })
  const page = await openChanges({ viewport: { width: 360, height: 740 } })
  await page.getByText('17 more are in the report.').waitFor()
  expect(await page.getByRole('link', { name: 'Table (CSV)' }).getAttribute('href')).toBe(
    '/drift/netbox-changes.csv',
  )
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
})

test('items that fit are counted, then asked for; the request lists them', async () => {
  ui.lab().send({ section: 'items', value: [fakeItem({ id: 'item-1' })] })
  ui.lab().answer = ({ name }) =>
    name === 'set-back-count'
      ? { words: '12 items: 10 in the inventory, 2 needs research.', count: 12 }
      : { changeId: 'change-9' }
  const page = await ui.openPage({ viewport: { width: 360, height: 740 } })
  await page
    .getByRole('button', { name: /^Items/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Read items again…' }).click()
  await page.getByLabel('Less sure than').selectOption('0.8')
  await page.getByLabel('State').selectOption('complete')
  await page.getByRole('button', { name: 'Count them' }).click()
  await page.getByText('12 items: 10 in the inventory').waitFor()
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'drift-set-back-phone')
  await page.getByRole('button', { name: 'Ask to read 12 again' }).click()
  await expect.poll(() => ui.heard('set-back-propose')).toEqual([{ below: 0.8, state: 'complete' }])
  await page.getByText('It waits for your decision among the requests above.').waitFor()
})
