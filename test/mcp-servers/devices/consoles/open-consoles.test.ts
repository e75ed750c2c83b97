import { afterEach, describe, expect, test } from 'vitest'
import { openDeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { type Consoles, openConsoles } from '../../../../mcp-servers/devices/consoles/open-consoles.ts'
import { consoleMigrations } from '../../../../mcp-servers/devices/consoles/sessions-table.ts'
import { meterClock } from '../../../../mcp-servers/devices/meters/meter-clock.ts'
import { openSimulatedBench } from '../../../../mcp-servers/devices/simulated/simulated-bench.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'

const place = 'simulated:console'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A real pseudo-terminal with the simulated switch on its far side. */
async function bench(readOnly = false) {
  const database = openDatabase(':memory:', [consoleMigrations])
  const registry = await openDeviceRegistry({
    enumerate: async () => ({ kind: 'listed', devices: [] }),
    watch: async () => ({ kind: 'events', stop: async () => {} }),
    clock: systemClock,
    onFault(cause) {
      throw cause
    },
  })
  const simulated = await openSimulatedBench(registry, meterClock(systemClock), () => {})
  const audited: string[] = []
  const consoles = await openConsoles({
    ...{ registry, database, readOnly, clock: systemClock, changed: () => {} },
    audit: ({ who, what }) => audited.push(`${who} ${what}`),
  })
  closing.push(registry.close, simulated.close, consoles.close)
  expect(await simulated.plug('console', true)).toEqual({ kind: 'ok' })
  return { consoles, simulated, registry, audited }
}

/** A terminal whose screen can be waited for. */
async function terminal(consoles: Consoles) {
  let screen = ''
  const waiting = new Set<() => void>()
  const tell = () => {
    for (const look of waiting) look()
  }
  let ended = ''
  const opened = await consoles.openTerminal({
    ...{ place, baudRate: 9600, operator: 'operator' },
    onBytes(bytes) {
      screen += Buffer.from(bytes).toString('latin1')
      tell()
    },
    onEnd(words) {
      ended = words
      tell()
    },
  })
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!isSo()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return {
    opened,
    id: opened.kind === 'open' ? opened.id : '',
    shows: (text: string) => until(() => screen.includes(text)),
    ends: () => until(() => ended !== '').then(() => ended),
  }
}

describe('a look at a console', () => {
  test('over a real serial line says who is there, and is kept with its transcript', async () => {
    const { consoles } = await bench()
    const looking = await consoles.look(place, { operator: 'operator', login: null })
    if (looking.kind !== 'looking') throw new Error(looking.why)
    expect(consoles.session(looking.id)).toMatchObject({ words: 'Looking…', endedAtMs: null })
    const session = await looking.done
    expect(session).toMatchObject({ simulated: true, baudRate: 9600 })
    expect(session.words).toBe('Cisco WS-C2960X-24TS-L, serial number SIM0000S001, running Cisco IOS.')
    expect(consoles.session(looking.id)).toEqual(session)
    expect(session.transcript).toContain('Processor board ID SIM0000S001')
  })

  test('stands in the list without its transcript, which may have ten megabytes', async () => {
    const { consoles } = await bench()
    const { id } = await terminal(consoles)
    await consoles.closeTerminal(id)
    expect(consoles.sessions().map((session) => Object.keys(session).includes('transcript'))).toEqual([false])
    expect(consoles.session(id)).toHaveProperty('transcript')
  })

  test('is refused while a person has the terminal open, and says so', async () => {
    const { consoles } = await bench()
    await terminal(consoles)
    const looked = await consoles.look(place, { operator: 'operator', login: null })
    expect(looked).toMatchObject({ kind: 'refused', why: expect.stringContaining('a terminal of operator') })
  })

  test('of a console that is not plugged in is refused with what to do', async () => {
    const { consoles, simulated } = await bench()
    await simulated.plug('console', false)
    expect(await consoles.look(place, { operator: 'operator', login: null })).toMatchObject({
      kind: 'refused',
    })
  })
})

describe('a terminal', () => {
  test('carries what a person types and what comes back, and keeps both', async () => {
    const { consoles, audited } = await bench()
    const { id, shows } = await terminal(consoles)
    await consoles.type(id, Buffer.from('\rshow version\r'))
    await shows('Processor board ID SIM0000S001')
    await consoles.closeTerminal(id)
    expect(consoles.session(id)).toMatchObject({ kind: 'terminal', words: 'Closed by hand.' })
    expect(consoles.session(id)?.transcript).toContain('sim-switch#show version')
    expect(audited).toEqual(['operator:operator opened a terminal', 'operator:operator closed a terminal'])
  })

  test('ends by itself when the console is unplugged, and takes nothing more', async () => {
    const { consoles, simulated } = await bench()
    const { id, ends } = await terminal(consoles)
    await simulated.plug('console', false)
    expect(await ends()).toBe('The console was unplugged.')
    expect(await consoles.type(id, Buffer.from('x'))).toMatchObject({ kind: 'refused' })
  })

  test('is for one person at a time', async () => {
    const { consoles } = await bench()
    await terminal(consoles)
    const { opened } = await terminal(consoles)
    expect(opened).toMatchObject({ kind: 'refused', why: expect.stringContaining('a terminal of operator') })
  })

  test('only shows in read-only mode', async () => {
    const { consoles } = await bench(true)
    const { id } = await terminal(consoles)
    expect(await consoles.type(id, Buffer.from('reload\r'))).toMatchObject({ kind: 'refused' })
    expect(await consoles.sendBreak(id)).toMatchObject({ kind: 'refused' })
  })
})
