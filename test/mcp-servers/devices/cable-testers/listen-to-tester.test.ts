import { expect, test } from 'vitest'
import { listenToTester } from '../../../../mcp-servers/devices/cable-testers/listen-to-tester.ts'
import profile, { hwlabFrame } from '../../../../mcp-servers/devices/cable-testers/profiles/hwlab-v1.ts'
import type { ReadOutcome } from '../../../../mcp-servers/devices/transports/byte-channel.ts'

test('a tester that says what is wrong is not called silent when it says nothing more', async () => {
  const trouble = hwlabFrame('trouble', 1, [...Buffer.from('no remote unit')])
  const heard: ReadOutcome[] = [{ kind: 'bytes', bytes: trouble }, { kind: 'silent' }]
  const states: string[] = []
  const line = listenToTester({
    channel: {
      answersForSure: true,
      write: async () => {},
      read: async () => heard.shift() ?? { kind: 'closed' },
      close: async () => {},
    },
    profile,
    changed: ({ words }) => states.push(words),
    settled() {},
  })
  await line.test()
  await line.listen()
  expect(states).toEqual(['Asked the tester to measure.', 'The tester says: “no remote unit”'])
})
