import { expect, test } from 'vitest'
import { oneAtATime } from '../../../../mcp-servers/devices/printers/one-at-a-time.ts'
import type { Printer } from '../../../../mcp-servers/devices/printers/printer.ts'
import { labelFacts } from '../../../support/open-devices.ts'
import { found, withPrinters } from '../../../support/open-printers.ts'

test('a printer is not asked while it prints, and one failure does not hold up what comes after it', async () => {
  const steps: string[] = []
  const finish = Promise.withResolvers<void>()
  await withPrinters({}, async (printers) => {
    const slow: Printer = {
      ...found(printers.get('png')),
      async state() {
        steps.push('asked')
        return { condition: 'ready', words: 'Ready' }
      },
      async print() {
        steps.push('print begins')
        await finish.promise
        steps.push('print ends')
        throw new Error('out of paper')
      },
    }
    const printer = oneAtATime(slow)
    const printing = printer.print({ id: 'job', facts: labelFacts('HW-00001'), sending: () => {} })
    const asking = printer.state()
    finish.resolve()
    await expect(printing).rejects.toThrow('out of paper')
    expect(await asking).toMatchObject({ condition: 'ready' })
  })
  expect(steps).toEqual(['print begins', 'print ends', 'asked'])
})
