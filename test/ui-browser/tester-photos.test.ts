import type { BrowserContextOptions, Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { LampPhotoView } from '../../agent/protocol/cable-tests.ts'
import { fakeCableKinds, fakeCableTest, fakeDrawing, fakeLampPhoto } from '../support/fake-cable-test.ts'
import { fakeBench } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { photoFile, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()
const modelName = 'gemma4:e4b (Ollama)'
const read = (id: string, near: string, lit: string[], isSure = true): LampPhotoView =>
  fakeLampPhoto({
    ...{ id, attachmentId: `lamps-${near}-${lit[0] ?? '0'}` },
    state: { kind: 'read', steps: [{ near, lit, modelName, isSure }] },
  })

const show = (lampPhotos: LampPhotoView[]) =>
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), lampPhotos } })

async function openEntry(photos: LampPhotoView[], options: BrowserContextOptions = {}): Promise<Page> {
  ui.lab().answer = (request) => (request.name === 'cable-kinds' ? fakeCableKinds : {})
  show(photos)
  const page = await ui.openPage({ locale: 'en-GB', ...options })
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  await press(page, 'Enter what lit up')
  await press(page, 'Begin')
  return page
}

const tests = (page: Page) => page.getByRole('region', { name: 'Cable tests' })
const press = (page: Page, name: string) => tests(page).getByRole('button', { name, exact: true }).click()

test.each([
  { name: 'lamp-photos', viewport: { width: 1280, height: 1100 }, colorScheme: 'light' as const },
  { name: 'lamp-photos-dark', viewport: { width: 1280, height: 1100 }, colorScheme: 'dark' as const },
  { name: 'lamp-photos-phone', viewport: { width: 360, height: 1100 }, colorScheme: 'light' as const },
])('$name: a photo stands beside what was read from it', async ({ name, ...options }) => {
  const why = 'gemma4:e4b (Ollama) sees no cable tester in this photo. Enter what lit up by hand.'
  const page = await openEntry(
    [
      read('photo-1', '1', ['2'], false),
      read('photo-2', '4', []),
      fakeLampPhoto({ id: 'photo-3', state: { kind: 'unread', why } }),
      fakeLampPhoto({ id: 'photo-4', state: { kind: 'reading' } }),
    ],
    options,
  )
  await tests(page).getByText('Pin 1').waitFor()
  await tests(page).getByText('Read from the photo. Compare it').waitFor()
  await tests(page).getByRole('button', { name: 'Next: 2 lit' }).scrollIntoViewIfNeeded()
  await page.waitForLoadState('networkidle')
  await keepScreen(page, name)
  expect(await violations(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('photos are sent and read one after the other, and what was read is only offered', async () => {
  const page = await openEntry([])
  await tests(page).getByText('One photo for each lamp of the near end').waitFor()
  const files = ['1.jpg', '2.jpg', '3.jpg', '4.jpg'].map((name) => ({ ...photoFile, name }))
  await tests(page).locator('input[type=file]').setInputFiles(files)
  await expect.poll(() => ui.heard('cable-photo-read')).toHaveLength(4)
  expect(ui.heard('cable-photo-read')[0]).toEqual({ attachmentId: 'up-0', wiringId: 'rj45-straight' })
  show([read('photo-1', '1', ['1']), read('photo-3', '3', ['6'])])
  await tests(page).getByRole('button', { name: '1', exact: true, pressed: true }).waitFor()
  expect(await tests(page).getByRole('button', { name: 'All the rest as they should' }).count()).toBe(0)
  await press(page, 'Next: 1 lit')
  await press(page, 'As it should: 2')
  // The model took 3 for 6: corrected in place.
  await press(page, '6')
  await press(page, '3')
  await press(page, 'Next: 3 lit')
  await press(page, 'All the rest as they should')
  await tests(page).getByText('Near 3: you entered 3 lit').waitFor()
  await tests(page).getByText('The photo reads: 6 lit').waitFor()
  await keepScreen(page, 'lamp-photos-corrected')
  expect(ui.heard('cable-enter')).toEqual([])
  await press(page, 'Keep the result')
  const entry = Object.fromEntries([...'12345678'].map((pin) => [pin, [pin]]))
  const photoIds = ['photo-1', 'photo-3']
  await expect
    .poll(() => ui.heard('cable-enter'))
    .toEqual([{ wiringId: 'rj45-straight', shieldExpected: false, entry, photoIds }])
})

/** By how much a button would slip from under the pointer. */
async function movesAsItsPhotoComes(page: Page, button: Locator): Promise<number> {
  const topPixels = () => button.evaluate((element) => element.getBoundingClientRect().top)
  const photos = tests(page).locator('.lamp-pictures img')
  await expect.poll(() => photos.evaluateAll((all) => all.every((one) => one.clientHeight > 60))).toBe(true)
  const withPhotos = await topPixels()
  await photos.evaluateAll((all) => {
    for (const one of all) one.removeAttribute('src')
  })
  return withPhotos - (await topPixels())
}

test('a wire that its photo shows dark is offered as dark, and entered only when one says so', async () => {
  const page = await openEntry([read('photo-1', '1', [])])
  await tests(page).getByText('Read from the photo.').waitFor()
  const dark = tests(page).getByRole('button', { name: 'None lit', exact: true })
  await expect.poll(() => dark.getAttribute('class')).toContain('button-primary')
  expect(await movesAsItsPhotoComes(page, dark)).toBe(0)
  await dark.click()
  await tests(page).getByText('Pin 2').waitFor()
  await press(page, 'All the rest as they should')
  await tests(page).getByText('7 lit, 1 stayed dark.').waitFor()
})

test('of a tester that lights all its lamps at once, the dark wires are offered and no others', async () => {
  const steps = ['2', '3'].map((near) => ({ near, lit: [], modelName, isSure: true }))
  const page = await openEntry([fakeLampPhoto({ attachmentId: 'lamps-1-1', state: { kind: 'read', steps } })])
  await tests(page).getByText('Dark: 2, 3').waitFor()
  await tests(page).getByText('do not show where each wire arrives').waitFor()
  await press(page, 'As it should: 1')
  await tests(page).getByText('Pin 2').waitFor()
  await press(page, 'None lit')
  await press(page, 'None lit')
  await press(page, 'All the rest as they should')
  await tests(page).getByText('6 lit, 2 stayed dark.').waitFor()
})

test('two photos that do not agree offer nothing, and show both', async () => {
  const page = await openEntry([read('photo-1', '1', ['1']), read('photo-2', '1', ['2'])])
  await tests(page).getByText('These photos do not say the same.').waitFor()
  expect(await tests(page).getByRole('button', { pressed: true }).count()).toBe(0)
  await tests(page).getByRole('button', { name: 'Look closer: Photo that reads 2 lit' }).click()
  await page.getByRole('dialog', { name: 'Photo that reads 2 lit' }).waitFor()
})

test('a photo that came late and says something else is told before the result is kept', async () => {
  const page = await openEntry([fakeLampPhoto({ id: 'photo-1', state: { kind: 'reading' } })])
  await press(page, 'All the rest as they should')
  show([read('photo-1', '4', [])])
  await tests(page).getByText('Near 4: you entered 4 lit').waitFor()
  await press(page, 'Look again')
  await tests(page).getByText('Pin 4').waitFor()
})

test('one photo is taken out, and cancelling takes out the rest', async () => {
  const page = await openEntry([read('photo-1', '1', ['1']), read('photo-2', '2', ['2'])])
  await press(page, 'Remove photo 1')
  await expect.poll(() => ui.heard('cable-photos-drop')).toEqual([{ photoIds: ['photo-1'] }])
  show([read('photo-2', '2', ['2'])])
  await tests(page).getByRole('button', { name: 'Remove photo 2' }).waitFor({ state: 'hidden' })
  await press(page, 'Cancel')
  await expect.poll(() => ui.heard('cable-photos-drop').at(-1)).toEqual({ photoIds: ['photo-2'] })
})

test('a photo that is refused says why', async () => {
  const page = await openEntry([])
  await tests(page)
    .locator('input[type=file]')
    .setInputFiles({ ...photoFile, name: 'broken.jpg' })
  await tests(page).getByText('This photo is cut off. Take it again.').waitFor()
  expect(ui.heard('cable-photo-read')).toEqual([])
})

test('a result shows the photos that it was entered from, and where the person knew better', async () => {
  const photos = [
    { attachmentId: 'lamps-3-6', near: '3', lit: ['6'], modelName, isSure: true, isCorrected: true },
    { attachmentId: 'lamps-4-0', near: '4', lit: [], modelName, isSure: false, isCorrected: false },
  ]
  ui.lab().answer = (request) =>
    request.name === 'cable-test-open' ? { drawing: fakeDrawing(), rawHex: '', photos } : {}
  const testerName = `2 photos read by ${modelName}, checked by operator`
  const cableTests = [fakeCableTest({ source: 'photo', testerName })]
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), cableTests } })
  const page = await ui.openPage({ locale: 'en-GB', viewport: { width: 1280, height: 1100 } })
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  await tests(page).getByText(`${modelName} says it is sure; corrected by hand`).waitFor()
  await tests(page).getByText(testerName).scrollIntoViewIfNeeded()
  await keepScreen(page, 'lamp-photos-result')
  expect(await violations(page)).toEqual([])
})
