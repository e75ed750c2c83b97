import { expect, test } from 'vitest'
import { runTrials, type Trial } from '../../evals/trial.ts'

const passes: Trial = { name: 'passes', run: async () => [] }
const fails: Trial = { name: 'fails', run: async () => ['The label was printed twice.'] }
const throws: Trial = { name: 'throws', run: () => Promise.reject(new Error('It was not answered in time.')) }

async function brokenBy(...trials: Trial[]) {
  const told: string[] = []
  const { broken } = await runTrials('labels', [{ name: 'file', trials }], (words) => told.push(words))
  return { broken, told }
}

test('a fault of a trial breaks the run, and so does a throw', async () => {
  expect((await brokenBy(passes, fails, throws)).broken).toEqual([
    'file: fails: The label was printed twice.',
    'file: throws: It was not answered in time.',
  ])
})

test('a trial that must fail is shown as expected to fail', async () => {
  const { broken, told } = await brokenBy({ ...fails, mustFail: 'the printer prints twice' })
  expect(broken).toEqual([])
  expect(told).toContain('file: fails: expected to fail: failed (The label was printed twice.)')
})

test('a trial that must fail and passes breaks the run', async () => {
  const { broken } = await brokenBy({ ...passes, mustFail: 'the printer prints twice' })
  expect(broken).toEqual([
    'file: passes: expected to fail (the printer prints twice), and passed. The check sees nothing.',
  ])
})
