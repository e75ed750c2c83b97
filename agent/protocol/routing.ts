import { z } from 'zod'

/** Which model answers: what a person wishes, and why an answer came from where it did. */

/** `auto`, `local`, `cloud`, or the key of one model. */
const wish = z.string().min(1).max(300)

export const routingViewSchema = z.object({
  /** What the switch below the message box offers. */
  choices: z.array(
    z.object({
      wish,
      name: z.string(),
      /** Why it cannot be had now; null: it can. */
      whyNot: z.string().nullable(),
    }),
  ),
  /** Conversations in which a person chose; all others are `auto`. */
  chosen: z.array(z.object({ conversationId: z.string(), wish })),
  /** Nothing that is asked leaves this network. */
  keepLocal: z.boolean(),
  /** Photos may be read by a model in the cloud. */
  photosToCloud: z.boolean(),
  /** What a message can ask for. */
  tasks: z.array(z.object({ task: z.string(), name: z.string() })),
  /** What a person taught, newest first. */
  examples: z.array(z.object({ id: z.string(), text: z.string(), name: z.string() })),
  /** How often the choice was wrong, as far as a person showed it. */
  misroutesWords: z.string(),
  /** The last four weeks, newest first. */
  weeks: z.array(z.object({ name: z.string(), words: z.string() })),
  /** At night a few answers of the cloud are tried again on this network. */
  replays: z.boolean(),
})
export type RoutingView = z.infer<typeof routingViewSchema>

/** How one answer found its model. */
export const routeViewSchema = z.object({
  words: z.string(),
  /** Which small model was asked what the message asks for, and what it said; null: none. */
  asked: z.string().nullable(),
  /** One of the tasks; null: it was not read. */
  task: z.string().nullable(),
  /** It can be taught what the question asks for. */
  canLearn: z.boolean(),
  /** Models in the order in which they were thought of, and what became of each. */
  models: z.array(z.object({ name: z.string(), words: z.string() })),
})
export type RouteView = z.infer<typeof routeViewSchema>

const id = z.string().min(1).max(64)

export const routingRequests = {
  'route-use': z.object({ conversationId: id, wish }),
  'route-rules': z.object({ keepLocal: z.boolean(), photosToCloud: z.boolean() }),
  'route-replays': z.object({ isOn: z.boolean() }),
  'route-open': z.object({ messageId: id }),
  /** From now on questions like this one ask for `task`. */
  'route-learn': z.object({ messageId: id, task: z.string().max(40) }),
  'route-forget': z.object({ exampleId: id }),
} as const

export interface RoutingResponses {
  'route-use': { words: string }
  'route-rules': { words: string }
  'route-replays': { words: string }
  'route-open': { route: RouteView | null }
  'route-learn': { words: string }
  'route-forget': { words: string }
}
