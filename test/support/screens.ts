import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

const isUpdating = process.env.HWLAB_SCREENS === 'update'
const folder = join(import.meta.dirname, '..', '..', isUpdating ? 'docs/screens' : 'test-results/screens')

/** Keeps a picture of the page: small ones under `docs/screens` with `HWLAB_SCREENS=update`, else under `test-results`. */
export async function keepScreen(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  if (!isUpdating) await page.screenshot({ animations: 'disabled', path })
  else
    await sharp(await page.screenshot({ animations: 'disabled' }))
      .png({ palette: true, quality: 100, effort: 8 })
      .toFile(path)
}
