import { expect, test } from 'vitest'
import { fakeChange } from '../support/fake-lab-things.ts'
import { fakeRecord } from '../support/fake-record.ts'
import { keepScreen } from '../support/screens.ts'
import { intakeCard, photoFile, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const outOfBay = fakeChange({
  id: 'change-7',
  itemId: null,
  tier: 'bulk-or-destructive',
  title: 'Move Samsung PM9A3 (HW-00005) to Workshop / Shelf 2',
  lines: [
    { label: 'Place', before: 'srv-1 (HW-00101), SSD 1', after: 'Workshop / Shelf 2' },
    { label: 'Kept as', before: 'Module in a bay', after: 'Loose device' },
  ],
  warnings: [
    'NetBox keeps no part outside of a bay: its module record is removed. The journal goes to the part’s own record; the change log stays.',
  ],
  steps: fakeChange()
    .steps.slice(0, 1)
    .map((step) => ({ ...step, kind: 'netbox.move_part', title: 'Move HW-00005 in NetBox' })),
  approveWords: 'Confirm',
})

test.each([
  { name: 'move', viewport: { width: 1280, height: 800 } },
  { name: 'move-phone', viewport: { width: 360, height: 740 } },
])('a move ($name) says from where to where, and what NetBox removes', async ({ name, ...look }) => {
  ui.lab().send({ section: 'changes', value: [outOfBay] })
  const page = await ui.openPage(look)
  await page
    .getByRole('button', { name: /^Items/ })
    .first()
    .click()
  await page.getByText('srv-1 (HW-00101), SSD 1').first().waitFor()
  await page.getByText(/its module record is removed/).waitFor()
  expect(await violations(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await keepScreen(page, name)
})

test('a photo is added to a thing that is recorded already', async () => {
  ui.showIntake({
    tag: 'HW-00001',
    record: fakeRecord,
    change: null,
    nextAction: '',
    state: 'complete',
    tone: 'good',
  })
  const page = await ui.openPage()
  const input = intakeCard(page).locator('input[type=file]')
  await input.setInputFiles([photoFile, photoFile, photoFile, photoFile])
  await intakeCard(page).getByText('Three photos fit at once.').waitFor()
  expect(ui.heard('photo-add')).toEqual([])
  const chooser = page.waitForEvent('filechooser')
  await intakeCard(page).getByRole('button', { name: 'Add a photo' }).click()
  await (await chooser).setFiles(photoFile)
  await expect.poll(() => ui.heard('photo-add')).toMatchObject([{ itemId: 'item-1' }])
})
