import { AsyncLocalStorage } from 'node:async_hooks'

/** The call that is being sent, for the fetch below the model: what a server says in its headers is noted before the body is read. */
export const callInFlight = new AsyncLocalStorage<{ answered(headers: Headers): void }>()

export function watchedFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    callInFlight.getStore()?.answered(response.headers)
    return response
  }
}
