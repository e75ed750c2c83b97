import { z } from 'zod'

/** Serial consoles: looks by HWLab, terminals by hand. Times are ISO 8601 UTC. */

const placeSchema = z.object({
  place: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  /** What HWLab uses it for now, or null. */
  usedFor: z.string().nullable(),
})
export type ConsolePlaceView = z.infer<typeof placeSchema>

const factsSchema = z.object({
  manufacturer: z.string(),
  platform: z.string(),
  isVirtual: z.boolean(),
  hostname: z.string().nullable(),
  version: z.string().nullable(),
  chassis: z.array(
    z.object({
      /** The member of a stack; null: a single device. */
      slot: z.string().nullable(),
      model: z.string().nullable(),
      serial: z.string().nullable(),
      /** The command in whose answer it stands. */
      saidBy: z.string().nullable(),
    }),
  ),
  modules: z.array(
    z.object({
      name: z.string(),
      description: z.string(),
      model: z.string(),
      serial: z.string().nullable(),
    }),
  ),
})

const sessionSchema = z.object({
  id: z.string(),
  kind: z.enum(['look', 'terminal']),
  place: z.string(),
  deviceName: z.string(),
  simulated: z.boolean(),
  baudRate: z.number().nullable(),
  operator: z.string(),
  itemId: z.string().nullable(),
  /** What a look came to; null: a terminal, or a look that goes on. */
  outcome: z.string().nullable(),
  words: z.string(),
  facts: factsSchema.nullable(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
})
export type ConsoleSessionView = z.infer<typeof sessionSchema>

export const consoleBench = {
  consolePlaces: z.array(placeSchema),
  consoleSessions: z.array(sessionSchema),
}

const place = z.string().min(1).max(200)
const sessionId = z.string().min(1).max(64)
const terminalId = z.string().min(1).max(64)
const baudRate = z.number().int().min(110).max(4_000_000)

export const consoleRequests = {
  /** `login` is for this look only and is kept nowhere. */
  'console-look': z.object({
    place,
    login: z.object({ user: z.string().max(128), password: z.string().max(256) }).nullable(),
  }),
  'console-transcript': z.object({ sessionId }),
  'console-attach': z.object({ sessionId, itemId: z.string().min(1).max(64).nullable() }),
  'console-delete': z.object({ sessionId }),
  /** Starts an item a chassis, or adds to the item that the session belongs to. */
  'console-intake': z.object({ sessionId }),
  'terminal-open': z.object({ place, baudRate }),
  'terminal-type': z.object({ terminalId, text: z.string().min(1).max(100_000) }),
  'terminal-baud': z.object({ terminalId, baudRate }),
  'terminal-break': z.object({ terminalId }),
  'terminal-close': z.object({ terminalId }),
} as const

export interface ConsoleResponses {
  'console-look': { sessionId: string }
  'console-transcript': { transcript: string }
  'console-attach': { sessionId: string }
  'console-delete': { sessionId: string }
  'console-intake': { itemIds: string[] }
  'terminal-open': { terminalId: string }
  'terminal-type': { terminalId: string }
  'terminal-baud': { terminalId: string }
  'terminal-break': { terminalId: string }
  'terminal-close': { terminalId: string }
}

/** What a terminal's console sent, as it came. */
export interface TerminalBytes {
  terminalId: string
  bytes: Uint8Array
}
export interface TerminalEnd {
  terminalId: string
  words: string
}
