import type { ModelEntry } from '../models/model-entry.ts'
import type { Routing } from './open-routing.ts'
import { pinnedRoute, type Route } from './plan-route.ts'
import { type Wish, wishOf } from './wish.ts'

/** Any short question: what matters is who may answer it. */
const shortQuestion = 'Is it so?'

/**
 * Who tells how a change ended: the model that asked for it, whatever else is cheapest by now. If a person has chosen
 * somebody else since then, that one goes on; what may not leave this network any more, or is gone, is told by Commands.
 */
export function routeOfEnd(
  call: { conversationId: string; modelKey: string },
  world: {
    models: { commands: ModelEntry; byKey(key: string): ModelEntry | null }
    routing: Pick<Routing, 'wishIn' | 'plan' | 'mayAnswer'>
  },
): Route {
  const { models, routing } = world
  const asker = models.byKey(call.modelKey) ?? models.commands
  const wish = wishOf(routing.wishIn(call.conversationId))
  if (asker.where === 'commands' || (isWished(asker, wish) && routing.mayAnswer(asker)))
    return pinnedRoute(asker)
  if (wish.kind === 'auto') return pinnedRoute(models.commands)
  const planned = routing.plan({
    conversationId: call.conversationId,
    text: shortQuestion,
    hasPhotos: false,
  })
  return planned.kind === 'route' ? planned.route : pinnedRoute(models.commands)
}

function isWished(entry: ModelEntry, wish: Wish): boolean {
  if (wish.kind === 'auto') return true
  return wish.kind === 'model' ? entry.key === wish.key : entry.where === wish.kind
}
