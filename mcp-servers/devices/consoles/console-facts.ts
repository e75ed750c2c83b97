import type { ReadOnlyCommand } from './read-only-commands.ts'

/** A value with the command whose answer it stands in. */
export interface Said {
  value: string
  command: ReadOnlyCommand
}

/** One chassis: a single device, or one member of a stack. `slot` is null for a single device. */
export interface ConsoleChassis {
  slot: string | null
  model: Said | null
  serial: Said | null
}

export interface ConsoleModule {
  name: string
  description: string
  model: Said
  serial: Said | null
}

/** What a device said of itself. A stack has several chassis, each an item of its own. */
export interface ConsoleFacts {
  hostname: Said | null
  version: Said | null
  chassis: ConsoleChassis[]
  modules: ConsoleModule[]
  /** A virtual machine has no hardware to record. */
  isVirtual: boolean
}

/** Stands for "nothing": vendors print these where a number would be. */
const placeholder = /^(?:n\/?a|none|unspecified|builtin|unknown|not available|-+|0+|0x[0f]+|\*+)$/i

/** The first group of the pattern, or null where it does not match or is a placeholder. */
export function found(text: string, pattern: RegExp): string | null {
  const value = pattern
    .exec(text)
    ?.slice(1)
    .find((group) => group !== undefined)
  return value === undefined ? null : real(value)
}

/** Every first group of a global pattern. */
export function everyFound(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap((match) => real(match[1] ?? '') ?? [])
}

/** null for a placeholder or nothing. */
export function real(value: string): string | null {
  const trimmed = value.trim()
  return trimmed === '' || placeholder.test(trimmed) ? null : trimmed.slice(0, 64)
}

export function said(value: string | null, command: ReadOnlyCommand): Said | null {
  return value === null ? null : { value, command }
}
