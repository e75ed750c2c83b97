import type { Clock } from '../../serving/clock.ts'
import type { WatchHotPlug } from './hot-plug.ts'
import { type IdentifiedDevice, identify } from './identity.ts'
import { deviceKey, type Lease, openLeaseBook } from './lease-book.ts'
import { type NamedPorts, withoutDoubles } from './named-ports.ts'
import type { SimulatedDevice } from './simulated-device.ts'
import type { EnumerateUsb, UsbListing } from './usb-descriptor.ts'

/** A device that is plugged in now. */
export interface PresentDevice extends IdentifiedDevice {
  /** Grows with every plugging-in: what was asked of an earlier one does not concern this one. */
  generation: number
  /** Set for a device that is a program. */
  simulated: SimulatedDevice | null
}

export interface DeviceChange {
  kind: 'attached' | 'detached' | 'changed'
  key: string
}

/** Everything that is plugged in, and who uses what of it. Events are hints; only a look at the bus is the truth. */
export interface DeviceRegistry {
  /** Looks now. Never rejects for a device; a bus that cannot be listed is told by `note`. */
  rescan(): Promise<void>
  devices(): PresentDevice[]
  /** Why devices cannot be listed here, or null. */
  note(): string | null
  find(key: string): PresentDevice | null
  /** Something hints at a change: an event, an error of a device. Looks a moment later, once for many hints. */
  hint(): void
  onChange(listener: (change: DeviceChange) => void): () => void
  /**
   * The device for one user at a time, first come, first served. `place` is the device’s key, or one port of it
   * (“key/1”). Throws `DeviceError` (not-found; busy, after `waitMs`).
   */
  lease(place: string, purpose: string, waitMs?: number): Promise<Lease>
  /** What the place, or any port of the device, is used for by HWLab; null: nothing. */
  usedFor(place: string): string | null
  plugIn(device: SimulatedDevice): void
  unplug(key: string): void
  close(): Promise<void>
}

export interface RegistryDeps {
  enumerate: EnumerateUsb
  /** Serial ports that no USB device has. */
  named?: () => Promise<NamedPorts>
  watch: WatchHotPlug
  clock: Clock
  onFault(cause: unknown): void
}

const noPorts: NamedPorts = { kind: 'read', ports: [] }
/** A composite device arrives interface by interface, its nodes after it. */
const settleMs = 300
/** Only where no events can be had. */
const lookEveryMs = 5000

export async function openDeviceRegistry(deps: RegistryDeps): Promise<DeviceRegistry> {
  const { clock } = deps
  const listeners = new Set<(change: DeviceChange) => void>()
  const simulated = new Map<string, SimulatedDevice>()
  const generations = new Map<string, number>()
  let present = new Map<string, PresentDevice>()
  let note: string | null = null
  let hinted: (() => void) | null = null
  let looking: Promise<void> | null = null
  let isClosed = false

  const leases = openLeaseBook({ clock, find: (key) => present.get(key) ?? null })

  function take(listing: UsbListing, named: NamedPorts): void {
    const troubles = [listing, named].flatMap((one) => ('why' in one ? one.why : []))
    note = troubles.length > 0 ? troubles.join(' ') : null
    const found = listing.kind === 'listed' ? identify(listing.devices) : []
    const ports = named.kind === 'read' ? withoutDoubles(named.ports, found) : []
    const seen = [
      ...[...found, ...ports].map((device) => ({ ...device, simulated: null })),
      ...[...simulated.values()].map((device) => ({ ...device.descriptor, simulated: device })),
    ]
    const before = present
    present = new Map(seen.map((device) => [device.key, aged(device, before.get(device.key))]))
    for (const [key, old] of before)
      if (present.get(key)?.generation !== old.generation) {
        leases.unplugged(key)
        tell({ kind: 'detached', key })
      }
    for (const [key, device] of present) {
      const old = before.get(key)
      if (old?.generation !== device.generation) tell({ kind: 'attached', key })
      else if (old.nodes.join() !== device.nodes.join()) tell({ kind: 'changed', key })
    }
  }

  function aged(device: Omit<PresentDevice, 'generation'>, old: PresentDevice | undefined): PresentDevice {
    const isSame = old !== undefined && isSamePlugging(old, device)
    const generation = isSame ? old.generation : (generations.get(device.key) ?? 0) + 1
    generations.set(device.key, generation)
    return { ...device, generation }
  }

  function tell(change: DeviceChange): void {
    for (const listener of listeners) listener(change)
  }

  async function look(): Promise<void> {
    const [listing, named] = await Promise.all([deps.enumerate(), deps.named?.() ?? noPorts])
    if (!isClosed) take(listing, named)
  }

  /** Two looks never run at once; who asks during one gets the next, because that one may have begun too early. */
  async function rescan(): Promise<void> {
    while (looking) await looking
    if (isClosed) return
    looking = look().finally(() => {
      looking = null
    })
    await looking
  }

  function hint(): void {
    if (hinted || isClosed) return
    hinted = clock.after(settleMs, () => {
      hinted = null
      rescan().catch(deps.onFault)
    })
  }

  const watching = await deps.watch(hint)
  function lookAgainLater(): void {
    if (watching.kind === 'events' || isClosed) return
    cancelLook = clock.after(lookEveryMs, () => {
      rescan().catch(deps.onFault).finally(lookAgainLater)
    })
  }
  let cancelLook = () => {}
  await rescan()
  lookAgainLater()

  return {
    rescan,
    devices: () => [...present.values()],
    note: () => note,
    find: (key) => present.get(key) ?? null,
    hint,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async lease(place, purpose, waitMs = 0) {
      if (!present.has(deviceKey(place))) await rescan()
      return leases.take(place, purpose, waitMs)
    },
    usedFor: leases.usedFor,
    plugIn(device) {
      simulated.set(device.descriptor.key, device)
      hint()
    },
    unplug(key) {
      simulated.delete(key)
      hint()
    },
    async close() {
      isClosed = true
      hinted?.()
      cancelLook()
      await watching.stop()
      await looking?.catch(() => {})
      await leases.close()
      listeners.clear()
    },
  }
}

/** Nodes may be added while a device settles; one that is gone, or another address on the bus, means it was out. */
function isSamePlugging(old: PresentDevice, now: Omit<PresentDevice, 'generation'>): boolean {
  return (
    old.address === now.address &&
    old.simulated === now.simulated &&
    old.topology === now.topology &&
    old.nodes.every((node) => now.nodes.includes(node))
  )
}
