import { existsSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { dirname } from 'node:path'
import { enumerateUsb } from '../../../mcp-servers/devices/bench/enumerate-usb.ts'
import { watchHotPlug } from '../../../mcp-servers/devices/bench/hot-plug.ts'
import {
  type DeviceChange,
  type DeviceRegistry,
  openDeviceRegistry,
} from '../../../mcp-servers/devices/bench/registry.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'

/** One thing to see on the real kernel. Returns a figure or a remark; throws when it is not as it must be. */
export interface BenchCheck {
  name: string
  run(form: 'short' | 'full'): Promise<string>
}

export function must(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise)
}

export function openRealRegistry(): Promise<DeviceRegistry> {
  return openDeviceRegistry({
    enumerate: enumerateUsb('linux'),
    watch: watchHotPlug('linux'),
    clock: systemClock,
    onFault(cause) {
      throw cause
    },
  })
}

const longestMs = 15_000

/** Resolves with the milliseconds that it took; looks again at every change and once more at the end. */
export function until(registry: DeviceRegistry, isSo: () => boolean, otherwise: string): Promise<number> {
  const startedMs = performance.now()
  return new Promise((resolve, reject) => {
    const settle = () => {
      if (!isSo()) return
      finish()
      resolve(Math.round(performance.now() - startedMs))
    }
    const timer = setTimeout(() => {
      finish()
      reject(
        new Error(
          `${otherwise} (${
            registry
              .devices()
              .map((device) => device.key)
              .join(', ') || 'nothing is there'
          })`,
        ),
      )
    }, longestMs)
    const stop = registry.onChange((_change: DeviceChange) => settle())
    const finish = () => {
      clearTimeout(timer)
      stop()
    }
    settle()
  })
}

/** The gadget side's own nodes come a moment after the gadget. */
export async function appears(path: string): Promise<void> {
  const watching = new AbortController()
  const late = setTimeout(() => watching.abort(), longestMs)
  try {
    const events = watch(dirname(path), { signal: watching.signal })
    if (existsSync(path)) return
    for await (const _event of events) if (existsSync(path)) return
  } catch {
    throw new Error(`${path} did not appear`)
  } finally {
    clearTimeout(late)
    watching.abort()
  }
}
