import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { z } from 'zod'

const channel = 'undici:request:create'
const messageSchema = z.looseObject({
  request: z.looseObject({
    origin: z.union([z.string(), z.instanceof(URL)]),
    path: z.string(),
    method: z.string(),
  }),
})

/** Every HTTP request that this process makes, whoever makes it, from now on until it is stopped. */
export function watchRequests(ignored: (origin: string) => boolean) {
  const left: { method: string; url: string }[] = []
  const note = (message: unknown) => {
    const { origin, path, method } = messageSchema.parse(message).request
    if (!ignored(String(origin))) left.push({ method, url: `${origin}${path}` })
  }
  subscribe(channel, note)
  return { left, stop: () => unsubscribe(channel, note) }
}
