import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ForeignWorld, openForeignWorld, openOthers } from '../../support/open-others.ts'

const childPath = join(import.meta.dirname, '..', '..', 'support', 'others-child.ts')
let world: ForeignWorld
beforeEach(() => {
  world = openForeignWorld()
})
afterEach(() => world.remove())

describe.each(['asked', 'allowed'])('HWLab is killed while a server works on a call that was %s', (how) => {
  test('it is never sent again, a person is asked, and the server’s program has ended', async () => {
    world.plan('proxmox', { tools: [{ name: 'restart_vm', answers: { kind: 'hang' } }] })
    world.writeFile({ proxmox: world.program('proxmox') })
    const called = new Promise<void>((resolve) => {
      const watcher = watch(world.folder, () => {
        if (world.received('proxmox').length === 0) return
        watcher.close()
        resolve()
      })
    })
    const child = spawn(process.execPath, [childPath, world.folder, how], { stdio: 'inherit' })
    await called
    child.kill('SIGKILL')
    await once(child, 'exit')
    while (world.pids().length > 0) await new Promise((resolve) => setImmediate(resolve))

    const lab = await openOthers(world, { databasePath: join(world.folder, 'hwlab.db') })
    await lab.others.idle()
    expect(lab.others.view().doubtful).toMatchObject([
      { words: 'restart_vm of proxmox. HWLab stopped while this was being sent.', sent: '{"vmid":101}' },
    ])
    const states = lab.database.prepare<[], { state: string }>('select state from change_requests').all()
    expect(states).toEqual(how === 'asked' ? [{ state: 'unknown' }] : [])
    expect(world.received('proxmox')).toHaveLength(1)
    await lab.close()
  })
})
