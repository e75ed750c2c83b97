import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeClock } from '../../support/fake-clock.ts'
import {
  type ForeignWorld,
  type OpenedOthers,
  openForeignWorld,
  openOthers,
} from '../../support/open-others.ts'

let world: ForeignWorld
let opened: OpenedOthers | null = null
beforeEach(() => {
  world = openForeignWorld()
})
afterEach(async () => {
  await opened?.close()
  opened = null
  world.remove()
})
async function open(options: Parameters<typeof openOthers>[1] = {}): Promise<OpenedOthers> {
  opened = await openOthers(world, options)
  await opened.others.idle()
  return opened
}

/** As a person writes it into the file. */
const named = (variable: string) => `\${${variable}}`
const listing = { tools: [{ name: 'list_vms', description: 'Lists the VMs.' }] }

describe('servers of mcp.json', () => {
  test('a program and a web server are connected, and their tools are asked for', async () => {
    world.plan('proxmox', listing)
    world.plan('dns', { tools: [{ name: 'lookup' }, { name: 'add_record' }] })
    const web = await world.web('dns')
    world.writeFile({ proxmox: world.program('proxmox'), dns: { type: 'http', url: web.url } })
    const lab = await open()

    expect(lab.server('proxmox')).toMatchObject({ stateWords: '1 tool', tone: 'good', fix: null })
    expect(lab.server('proxmox')?.tools).toMatchObject([
      { tool: 'list_vms', policy: 'ask', description: 'Lists the VMs.', drift: [] },
    ])
    expect(lab.server('dns')).toMatchObject({ stateWords: '2 tools', tone: 'good' })
    expect(lab.others.view()).toMatchObject({ fileTone: 'good' })
    await lab.close()
    opened = null
    await web.close()
  })

  test('without a file there is nothing, and nothing is wrong', async () => {
    const lab = await open()
    expect(lab.others.view()).toMatchObject({ fileWords: 'Not there', fileTone: 'muted', servers: [] })
  })

  test('a file that is no JSON is told, and the last good one stays in effect', async () => {
    world.plan('proxmox', listing)
    world.writeFile({ proxmox: world.program('proxmox') })
    const lab = await open()
    world.writeFile('{"mcpServers": {')
    const view = await lab.until(({ fileTone }) => fileTone === 'bad')
    expect(view.fileFix).toMatch(/^It is not JSON.* Until then the last good one stays in effect\.$/)
    expect(lab.server('proxmox')).toMatchObject({ tone: 'good' })
  })

  test('one wrong entry is told by name, and the others work', async () => {
    world.plan('proxmox', listing)
    world.writeFile({
      proxmox: world.program('proxmox'),
      netbox: world.program('proxmox'),
      Bad_Name: world.program('proxmox'),
      both: { command: 'x', url: 'http://127.0.0.1/mcp' },
      old: { type: 'sse', url: 'http://127.0.0.1/sse' },
      secret: { url: 'http://user:hush@127.0.0.1/mcp' },
      keyless: { url: 'http://127.0.0.1/mcp', headers: { Authorization: `Bearer ${named('NO_SUCH_KEY')}` } },
      off: { ...world.program('proxmox'), disabled: true },
    })
    const lab = await open()
    expect(lab.server('proxmox')).toMatchObject({ tone: 'good' })
    const fixes = Object.fromEntries(lab.others.view().servers.map(({ name, fix }) => [name, fix]))
    expect(fixes).toMatchObject({
      netbox: '“netbox” is a name of HWLab’s own. Give it another one.',
      Bad_Name: 'Its name has up to 24 small letters, digits or -, and begins with a letter.',
      both: 'It has “command” and “url”. Keep the one that is meant.',
      old: 'HWLab does not speak the old form “sse”. Most servers offer “http” as well.',
      secret: 'Take the name and password out of its “url”; they go into “headers”.',
      keyless: 'NO_SUCH_KEY is not set.',
      off: 'Switched off in the file (“disabled”).',
    })
    expect(JSON.stringify(lab.others.view())).not.toContain('hush')
  })

  test('a server that is added, changed or taken out while HWLab runs is in effect at once', async () => {
    world.plan('proxmox', listing)
    world.plan('dns', { tools: [{ name: 'lookup' }] })
    world.writeFile({ proxmox: world.program('proxmox') })
    const lab = await open()
    world.writeFile({ proxmox: world.program('proxmox'), dns: world.program('dns') })
    await lab.until(({ servers }) => servers.some(({ name, tone }) => name === 'dns' && tone === 'good'))
    world.writeFile({ dns: world.program('dns') })
    const view = await lab.until(({ servers }) => servers.length === 1)
    expect(view.servers.map(({ name }) => name)).toEqual(['dns'])
  })

  test('a program that is not there, one that ends at once, and an address where nobody listens are sentences', async () => {
    world.plan('gone', { tools: [] })
    const gone = await world.web('gone')
    await gone.close()
    world.writeFile({
      missing: { command: 'no-such-program-anywhere' },
      crashing: {
        command: process.execPath,
        args: ['-e', 'process.stderr.write("I am broken"); process.exit(3)'],
      },
      nobody: { url: gone.url },
    })
    const lab = await open()
    const fix = (name: string) => lab.server(name)?.fix?.replace(/ It is tried again.*/, '')
    expect(fix('missing')).toBe('Its program, or its folder, is not on this machine.')
    expect(fix('crashing')).toBe('Its program ended right after the start. HWLab’s log says what it wrote.')
    expect(fix('nobody')).toBe('It cannot be reached. Is it running, and is the address right?')
    expect(lab.faults.join('\n')).toContain('I am broken')
  })

  test('a server that takes the call and never answers holds up nobody, and is let go at once', async () => {
    world.plan('proxmox', listing)
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : 0
    world.writeFile({
      silent: { url: `http://127.0.0.1:${port}/mcp` },
      proxmox: world.program('proxmox'),
    })
    opened = await openOthers(world)
    await opened.until(({ servers }) => servers.some(({ tone }) => tone === 'good'))
    expect(opened.server('silent')).toMatchObject({ stateWords: 'Connecting…', tone: 'working' })
    const startedAtMs = performance.now()
    await opened.close()
    opened = null
    expect(performance.now() - startedAtMs).toBeLessThan(4000)
    silent.closeAllConnections()
    await new Promise((resolve) => silent.close(resolve))
  })

  test('a web page, and a server that wants a key, are told apart', async () => {
    world.plan('dns', { tools: [] })
    const locked = await world.web('dns', {
      guard: (headers) => headers.authorization === 'Bearer right-key',
    })
    const open200 = await world.web('none', { guard: () => false })
    world.writeFile({
      locked: { url: locked.url },
      opened: { url: locked.url, headers: { Authorization: `Bearer ${named('DNS_KEY')}` } },
      mistaken: {
        url: locked.url,
        headers: { Authorization: 'Bearer written-key', 'X-Auth-Mode': 'key or none' },
      },
    })
    const lab = await open({ variables: { DNS_KEY: 'right-key' } })
    expect(lab.server('locked')?.fix).toMatch(/^It does not let HWLab in/)
    expect(lab.server('opened')).toMatchObject({ tone: 'good' })
    expect(lab.secrets).toEqual(expect.arrayContaining(['right-key', 'written-key']))
    expect(lab.secrets).not.toContain('none')
    await lab.close()
    opened = null
    await locked.close()
    await open200.close()
  })

  test('a server that went away is tried again after growing pauses, or when a person says so', async () => {
    const clock = new FakeClock()
    world.writeFile({ missing: { command: 'no-such-program-anywhere' } })
    const lab = await open({ clock })
    const pauses: number[] = []
    for (let attempt = 0; attempt < 4; attempt++) {
      const before = lab.faults.length
      for (let pauseMs = 500; lab.faults.length === before; pauseMs += 500) {
        clock.advance(500)
        if (lab.server('missing')?.tone === 'working') {
          pauses.push(pauseMs)
          await lab.until(({ servers }) => servers[0]?.tone === 'bad')
        }
      }
    }
    expect(pauses).toEqual([1000, 2000, 4000, 8000])
    expect(lab.others.tryAgain('missing')).toEqual({ kind: 'ok' })
    expect(lab.server('missing')?.tone).toBe('working')
    await lab.until(({ servers }) => servers[0]?.tone === 'bad')
  })

  test('a program that dies is started again', async () => {
    world.plan('proxmox', listing)
    world.writeFile({ proxmox: world.program('proxmox') })
    const lab = await open()
    const pid = world.pids()[0] ?? 0
    process.kill(pid, 'SIGKILL')
    await lab.until(({ servers }) => servers[0]?.tone === 'bad')
    await lab.until(({ servers }) => servers[0]?.tone === 'good')
    expect(world.pids()).not.toContain(pid)
  })

  test('closing ends the programs, also one that ignores the end of its input', async () => {
    world.plan('proxmox', listing)
    world.writeFile({ proxmox: world.program('proxmox') })
    const lab = await open()
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000) // ${world.folder}/`
    const entries = {
      proxmox: world.program('proxmox'),
      stubborn: { command: process.execPath, args: ['-e', stubborn] },
    }
    world.writeFile(entries)
    await lab.until(({ servers }) => servers.length === 2)
    expect(world.pids()).toHaveLength(2)
    await lab.close()
    opened = null
    expect(world.pids()).toEqual([])
  })
})
