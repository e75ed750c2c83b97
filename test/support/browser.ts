import { type Browser, chromium } from 'playwright-core'
import { inject } from 'vitest'

/** A real Chromium. */
export function launchBrowser(): Promise<Browser> {
  const program = inject('browser')
  if (program.kind === 'installed') return chromium.launch({ channel: 'chrome' })
  return chromium.launch({
    executablePath: program.path,
    args: ['--no-sandbox', '--no-zygote', '--disable-gpu', '--font-render-hinting=none', '--hide-scrollbars'],
    env: { ...process.env, ...program.environment },
  })
}
