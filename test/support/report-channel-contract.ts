import { describe, test } from 'vitest'
import { type ReportFarEnd, reportCases } from './report-channel-cases.ts'

export function reportChannelContract(name: string, openFarEnd: () => Promise<ReportFarEnd>) {
  describe(`a line of reports over ${name}`, () => {
    test.each(reportCases)('$name', async ({ run }) => {
      const far = await openFarEnd()
      await run(await far.transport.open(), far)
    })
  })
}
