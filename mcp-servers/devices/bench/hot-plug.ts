import { type FSWatcher, watch } from 'node:fs'
import { access } from 'node:fs/promises'

/** Calls `hint` when devices may have come or gone. */
export type WatchHotPlug = (hint: () => void) => Promise<HotPlugWatch>

export interface HotPlugWatch {
  /** `none`: no event will come, so somebody has to look from time to time. */
  kind: 'events' | 'none'
  stop(): Promise<void>
}

/** What the system tells: the bus (over `usb`), and on Linux the nodes in `/dev`, which come later than the bus events. */
export function watchHotPlug(platform: NodeJS.Platform): WatchHotPlug {
  if (platform === 'linux') return (hint) => both([watchNodes('/dev', hint), watchLinuxBus(hint)])
  return watchBus
}

async function both(started: Promise<HotPlugWatch>[]): Promise<HotPlugWatch> {
  const watches = await Promise.all(started)
  return {
    kind: watches.some((one) => one.kind === 'events') ? 'events' : 'none',
    async stop() {
      await Promise.all(watches.map((one) => one.stop()))
    },
  }
}

const noEvents: HotPlugWatch = { kind: 'none', stop: async () => {} }

/** Works without udev, so in containers too, where the `/dev` of the machine is passed in. */
export async function watchNodes(folder: string, hint: () => void): Promise<HotPlugWatch> {
  try {
    const watcher: FSWatcher = watch(folder, { persistent: false }, (_event, name) => {
      if (name === null || /^(tty(USB|ACM|S|AMA|XRUSB)|rfcomm|hidraw|usb|bus)/.test(name)) hint()
    })
    watcher.on('error', hint)
    return { kind: 'events', stop: async () => watcher.close() }
  } catch {
    return noEvents
  }
}

async function watchLinuxBus(hint: () => void): Promise<HotPlugWatch> {
  try {
    await access('/sys/bus/usb')
  } catch {
    return noEvents
  }
  return watchBus(hint)
}

/**
 * Over the emitter below the package’s own event interface: that one throws outside every promise where the system gives
 * no events, and ends the process (node-usb-rs 3.1.0, `queueNativeEmitterOperation`).
 */
async function watchBus(hint: () => void): Promise<HotPlugWatch> {
  try {
    const { Emitter } = await import('usb/index.js')
    const emitter = new Emitter()
    await emitter.addAttach(hint)
    await emitter.addDetach(hint)
    return {
      kind: 'events',
      async stop() {
        await emitter.removeAttach()
        await emitter.removeDetach()
      },
    }
  } catch {
    return noEvents
  }
}
