import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { approvalMigrations } from '../../mcp-servers/approval/approvals.ts'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import { netboxTables } from '../../mcp-servers/netbox/netbox-tables.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { launchBrowser } from '../support/browser.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { keepScreen } from '../support/screens.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

describe('a recorded thing, changed later', () => {
  let browser: Browser
  let stateDir: string
  let lab: RunningHwlab
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
    lab = await runHwlab({ stateDir, port: 0 })
    page = (await openSignedIn(browser, lab, { width: 1280, height: 900 })).page
  })
  afterAll(async () => {
    await browser.close()
    await lab.stop('SIGTERM')
    await rm(stateDir, { recursive: true })
  })
  const card = () => page.getByRole('region', { name: /^Intake: / })
  const confirm = () => card().getByRole('button', { name: 'Confirm', exact: true }).click()

  /** Somebody edits the record in the inventory itself. */
  async function stranger(json: Record<string, unknown>): Promise<void> {
    const database = openDatabase(join(stateDir, 'hwlab.db'), [approvalMigrations, ...netboxTables])
    const inventory = openInventory({ kind: 'embedded', database })
    const found = await inventory.findByTag('HW-00001')
    const id = found.kind === 'looked' ? found.records[0]?.id : undefined
    const path = `dcim/devices/${id}/`
    expect(await inventory.rest.call({ method: 'PATCH', path, body: { json } })).toMatchObject({ kind: 'ok' })
    await inventory.close()
    database.close()
  }

  async function edit(field: string, value: string): Promise<void> {
    await card()
      .getByRole('button', { name: new RegExp(`^${field}: .* Change$`) })
      .click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type(value)
    await page.keyboard.press('Enter')
  }

  test('a name is added on its card, by one decision', async () => {
    await page.getByRole('button', { name: 'Try it with a sample photo' }).click()
    await page.getByRole('button', { name: 'Confirm and print' }).click()
    await card().getByText('Printed (simulated)', { exact: true }).waitFor()
    await card().getByRole('button', { name: 'Add a field' }).click()
    await card().getByRole('button', { name: 'Name', exact: true }).click()
    await page.keyboard.type('core-switch')
    await page.keyboard.press('Enter')
    await card()
      .getByText(/^Change name of .* \(HW-00001\)$/)
      .waitFor()
    await confirm()
    await card().getByRole('button', { name: 'Name: core-switch. Change' }).waitFor()
  })

  test('what somebody changed in between is asked about, and Enter takes NetBox’s value', async () => {
    await edit('Serial number', 'SN-MINE')
    await card()
      .getByText(/^Change serial number of/)
      .waitFor()
    await stranger({ serial: 'SN-THEIRS' })
    await confirm()
    const ask = card().getByRole('form', { name: /^Changed in NetBox too/ })
    await ask.getByRole('radio', { name: 'NetBox says SN-THEIRS' }).focus()
    await keepScreen(page, 'conflict-card')
    await page.keyboard.press('Enter')
    await card().getByRole('button', { name: 'Serial number: SN-THEIRS. Change' }).waitFor()
  })

  test('a change is taken back, and the thing is retired', async () => {
    await edit('Name', 'attic-switch')
    await confirm()
    await card().getByRole('button', { name: 'Name: attic-switch. Change' }).waitFor()
    await card()
      .getByRole('button', { name: /^Take back: Change name/ })
      .click()
    await confirm()
    await card().getByRole('button', { name: 'Name: core-switch. Change' }).waitFor()
    await card().getByRole('button', { name: 'Retire this thing' }).click()
    await card().getByText('HWLab does not delete it').waitFor()
    await confirm()
    await card().getByText('Retired', { exact: true }).first().waitFor()
  })
})
