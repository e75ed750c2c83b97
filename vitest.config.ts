import { defineConfig } from 'vitest/config'
import { openMemoryFolder } from './test/support/memory-folder.ts'

const folder = openMemoryFolder()
const env = folder === null ? {} : { TMPDIR: folder }

export default defineConfig({
  test: {
    // Vitest leaves one processor free, which of two is half.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/e2e/**', 'test/ui-browser/**', 'test/tidy.test.ts'],
          pool: 'forks',
          env,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      { test: { name: 'tidy', include: ['test/tidy.test.ts'], pool: 'forks' } },
      {
        test: {
          name: 'e2e',
          include: ['test/{e2e,ui-browser}/**/*.test.ts'],
          globalSetup: 'test/support/browser-setup.ts',
          // One browser and one program at a time, after all else: what a person clicks must not wait for other tests.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          pool: 'forks',
          env,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // As long as a page is waited for: a lost connection alone is tried again only after up to 1.5 s.
          expect: { poll: { timeout: 10_000 } },
        },
      },
    ],
  },
})
