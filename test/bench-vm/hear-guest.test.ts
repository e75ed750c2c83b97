import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { type Check, hearGuest } from './hear-guest.ts'

const replugged = {
  name: 'a replugged meter answers',
  passed: true,
  words: 'rule: ENV{ID}="1", “within” 3 s',
}
const printed = `booting\r\nbench-vm check ${JSON.stringify(replugged)}\r\nbench-vm: the checks ended with 0\r\n`

test('a check is heard once and whole, wherever the serial line cuts it', async () => {
  const bytes = Buffer.from(printed)
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const heard: Check[] = []
    const run = await hearGuest(Readable.from([bytes.subarray(0, cut), bytes.subarray(cut)]), (check) =>
      heard.push(check),
    )
    expect(heard, `cut at ${cut}`).toEqual([replugged])
    expect(run).toEqual({ checks: [replugged], console: printed.replaceAll('\r', ''), ended: 0 })
  }
})

test('a check that the kernel wrote into counts as failed, and says so', async () => {
  const mixed = 'bench-vm check {"name":"a meter[  3.1] usb 1-1: reset\nbench-vm: the checks ended with 0\n'
  const { checks } = await hearGuest(Readable.from([mixed]), () => {})
  expect(checks).toEqual([
    {
      name: 'a line of the checks is readable',
      passed: false,
      words: '{"name":"a meter[  3.1] usb 1-1: reset',
    },
  ])
})

test('a guest that went away before its checks ended has no exit code', async () => {
  expect((await hearGuest(Readable.from(['booting\n', 'panic']), () => {})).ended).toBeNull()
})
