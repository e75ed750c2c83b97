import { describe, expect, test } from 'vitest'
import { identifyConsole } from '../../../../mcp-servers/devices/consoles/identify-console.ts'
import type { ConsoleLogin } from '../../../../mcp-servers/devices/consoles/keyboard.ts'
import { readOnlyCommands } from '../../../../mcp-servers/devices/consoles/read-only-commands.ts'
import { loadDialects } from '../../../../mcp-servers/devices/consoles/recognise.ts'
import { consoleInMemory, scriptOf } from '../../../support/console-in-memory.ts'

const dialects = await loadDialects()
const harmless = new Set<string>(['', ...readOnlyCommands])

async function identify(bench: ReturnType<typeof consoleInMemory>, login: ConsoleLogin | null = null) {
  const { line, clock } = bench
  const report = await identifyConsole({ line, clock, dialects, login })
  expect(bench.openLines()).toBe(0)
  return report
}

/** Does something else than the console would when a line is typed. */
function whenTyped(bench: ReturnType<typeof consoleInMemory>, line: string, happens: () => void) {
  const open = bench.line.open
  bench.line.open = async (rate) => {
    const channel = await open(rate)
    return {
      ...channel,
      async write(bytes) {
        if (Buffer.from(bytes).includes(line)) happens()
        else await channel.write(bytes)
      },
    }
  }
}

describe('a console at its prompt', () => {
  test.each([
    ['cisco-ios', 'shelf-sw1#', 'WS-C2960X-24TS-L', 'FOC0000T001'],
    ['cisco-nxos', 'lab-leaf1#', 'N9K-C93180YC-FX', 'FDO0000N001'],
    ['cisco-xr', 'RP/0/RSP0/CPU0:edge-xr1#', 'ASR-9006-AC', 'FOX0000X002'],
    ['cisco-asa', 'lab-fw> ', 'ASA5506', 'JMX0000A002'],
    ['arista-eos', 'lab-eos>', 'DCS-7050TX-64-R', 'JPE00000001'],
    ['juniper', 'admin@lab-srx> ', 'SRX300', 'CV0000AF0001'],
    ['juniper', 'root>', 'SRX300', 'CV0000AF0001'],
    ['mikrotik', '[admin@MikroTik] > ', 'RB760iGS', 'HC0000000M1'],
    ['aruba-aoscx', 'lab-cx# ', 'JL668A', 'SG00000001'],
    ['hp-procurve', 'lab-2530# ', 'J9776A', 'CN00000P01'],
    ['dell-os9', 'lab-s4048#', 'S4048-ON', 'ABC0001'],
    ['dell-os10', 'OS10# ', 'S5212F-ON', 'ABC0002'],
  ])('%s says its model and serial number, page by page', async (device, prompt, model, serial) => {
    const bench = consoleInMemory(scriptOf(device, { prompt }))
    const { outcome } = await identify(bench)
    if (outcome.kind !== 'identified') throw new Error(`It came to ${outcome.kind}`)
    const [chassis] = outcome.facts.chassis
    expect([chassis?.model?.value, chassis?.serial?.value]).toEqual([model, serial])
    expect(bench.typed().filter((line) => !harmless.has(line))).toEqual([])
  })

  test('is found at 115200 baud when 9600 gives noise', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios'), 115_200)
    expect(await identify(bench)).toMatchObject({ rate: 115_200, outcome: { kind: 'identified' } })
  })

  test('of an unknown family is said to be unknown', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { answers: {} }))
    expect((await identify(bench)).outcome).toEqual({ kind: 'unknown-family' })
  })
})

describe('a console that must not be typed into', () => {
  const provisioning =
    'Abort Power On Auto Provisioning [yes - continue with normal setup, skip - bypass password and basic configuration, no - continue with Power On Auto Provisioning] (yes/skip/no)[no]: '
  test.each([
    ['auto-provisioning', provisioning],
    ['setup-dialog', 'Would you like to enter the initial configuration dialog? [yes/no]: '],
    ['new-password', 'Enter the password for "admin": '],
    ['boot-loader', 'rommon 1 > '],
    ['configuring', 'lab(config)#'],
    ['shell', 'root@lab:~# '],
    ['login', 'lab login: '],
    ['question', 'Proceed with reload? [confirm]'],
    ['question', 'Reset the configuration? [y/N]: '],
    ['new-password', 'new password> '],
  ])('is left alone when it already shows its %s', async (kind, stuckAt) => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { banner: stuckAt, stuckAt }))
    expect((await identify(bench)).outcome).toMatchObject({ kind: 'stopped', at: { kind } })
    expect(bench.typed()).toEqual([])
  })

  test('gets one carriage return and nothing else when it asks after waking', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { stuckAt: provisioning }))
    expect((await identify(bench)).outcome).toMatchObject({ kind: 'stopped' })
    expect(bench.typed()).toEqual([''])
  })

  test('gets no key while it boots', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { banner: 'Hit any key to stop autoboot:  3' }))
    expect((await identify(bench)).outcome).toEqual({ kind: 'stopped', at: { kind: 'booting' } })
    expect(bench.typed()).toEqual([])
  })
})

describe('a console behind a login', () => {
  const login = { user: 'operator', password: 'not-a-real-one' }

  test('is read with what the person typed for this session, and logged out of', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { login }))
    const { outcome, transcript, leftLoggedIn } = await identify(bench, login)
    expect([outcome.kind, leftLoggedIn]).toEqual(['identified', false])
    expect(bench.typed().at(-1)).toBe('exit')
    expect(transcript).not.toContain(login.password)
  })

  test('says so when the login is refused, and tries once', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { login }))
    const wrong = { user: 'operator', password: 'wrong' }
    expect((await identify(bench, wrong)).outcome).toEqual({ kind: 'login-refused' })
    expect(bench.typed().filter((line) => line === 'wrong')).toEqual(['wrong'])
  })

  test('that asks for the name again without a word gets it once', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { banner: 'lab login: ', stuckAt: 'lab login: ' }))
    expect((await identify(bench, login)).outcome).toEqual({ kind: 'login-refused' })
    expect(bench.typed()).toEqual([login.user])
  })

  test('gets no “exit” into a question that comes after the login', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { login }))
    whenTyped(bench, 'show version', () => bench.print('Reload now? [confirm]'))
    const report = await identify(bench, login)
    expect(report).toMatchObject({
      outcome: { kind: 'stopped', at: { kind: 'question' } },
      leftLoggedIn: true,
    })
    expect(bench.typed()).not.toContain('exit')
  })

  test('cannot be made to run a command through a name with a line end in it', async () => {
    const bench = consoleInMemory(scriptOf('cisco-ios', { login }))
    await identify(bench, { user: 'operator\rreload', password: 'x' })
    expect(bench.typed()).toContain('operatorreload')
    expect(bench.typed()).not.toContain('reload')
  })
})

test('a line with nothing on it is silent at every rate, which is a result', async () => {
  const bench = consoleInMemory(scriptOf('cisco-ios', { stuckAt: '' }), 1200)
  bench.line.open = async () => ({
    answersForSure: true,
    write: async () => {},
    read: async (withinMs) => {
      bench.clock.advance(withinMs)
      return { kind: 'silent' }
    },
    close: async () => {},
  })
  const { line, clock } = bench
  const report = await identifyConsole({ line, clock, dialects, login: null })
  expect(report.outcome).toEqual({ kind: 'silent' })
})

test('noise at every rate is called noise', async () => {
  const bench = consoleInMemory(scriptOf('cisco-ios'), 1200)
  expect((await identify(bench)).outcome).toEqual({ kind: 'garbled' })
})

test('ten megabytes of output end the session instead of the memory', async () => {
  const flood = 'interface counters and no end to them\n'.repeat(300_000)
  const bench = consoleInMemory(scriptOf('cisco-ios', { answers: { 'show version': flood }, pageLines: 1e6 }))
  expect((await identify(bench)).outcome).toEqual({ kind: 'endless' })
})

test('a console that is unplugged in the middle of an answer ends the session', async () => {
  const bench = consoleInMemory(scriptOf('cisco-ios'))
  whenTyped(bench, 'show version', () => bench.unplug())
  expect((await identify(bench)).outcome).toEqual({ kind: 'unplugged' })
})

test('a console that asks something in the middle is not answered', async () => {
  const bench = consoleInMemory(scriptOf('cisco-ios'))
  whenTyped(bench, 'show version', () => bench.print('show version\r\nSave changes? [yes/no]: '))
  expect((await identify(bench)).outcome).toEqual({ kind: 'stopped', at: { kind: 'question' } })
  expect(bench.typed()).toEqual(['', 'terminal length 0'])
})

test('secrets on the screen are masked in the transcript', async () => {
  const version =
    'username admin password 7 0822455D0A16\nsnmp-server community hidden-word RO\nCisco IOS Software'
  const bench = consoleInMemory(scriptOf('cisco-ios', { answers: { 'show version': version } }))
  const { transcript } = await identify(bench)
  expect(transcript).toContain('username admin password 7 ••••')
  expect(transcript).not.toMatch(/0822455D0A16|hidden-word/)
})
