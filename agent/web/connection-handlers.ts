import type { ModelRoster } from '../models/roster.ts'
import { type ConnectionResponses, connectionRequests } from '../protocol/connections.ts'
import { type ModelResponses, modelRequests } from '../protocol/models.ts'
import { checked, type Handler } from './socket-handler.ts'

export interface ConnectionDeps {
  /** How many were looked at. */
  checkConnections(): Promise<number>
  tryModelAgain: ModelRoster['tryAgain']
}

/** What a signed-in page may ask of what HWLab is connected to. */
export function connectionHandlers(
  deps: ConnectionDeps,
): Record<keyof ConnectionResponses | keyof ModelResponses, Handler> {
  return {
    'connections-check': checked(
      'connections-check',
      (body) => connectionRequests['connections-check'].safeParse(body),
      async () => ({ kind: 'ok', value: { checked: await deps.checkConnections() } }),
    ),
    'model-try-again': checked(
      'model-try-again',
      (body) => modelRequests['model-try-again'].safeParse(body),
      async ({ modelKey }) => deps.tryModelAgain(modelKey),
    ),
  }
}
