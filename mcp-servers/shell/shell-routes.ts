import { Hono } from 'hono'
import { isSameSecret } from '../serving/http-guard.ts'
import { strangeOrigin } from '../serving/strange-origin.ts'
import { type ShellAnswer, type ShellDesk, shellAskSchema } from './shell-desk.ts'

/** `POST /shell/ask`: commands of whoever may read the state folder of the running HWLab. No access token opens it. */
export function shellRoutes(deps: {
  shell: ShellDesk
  internalToken: string
  hostNames: readonly string[]
}): Hono {
  const routes = new Hono()
  routes.post('/shell/ask', async (context) => {
    const { headers } = context.req.raw
    const stranger = strangeOrigin(headers, deps.hostNames)
    if (stranger) return context.json(refusal(stranger), 403)
    const secret = /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? ''
    if (!isSameSecret(secret, deps.internalToken))
      return context.json(refusal('Only commands on this machine may ask here.'), 401)
    const ask = shellAskSchema.safeParse(await context.req.json().catch(() => null))
    if (!ask.success) return context.json(refusal('HWLab does not know this request. Update both.'), 400)
    return context.json(await deps.shell(ask.data))
  })
  return routes
}

function refusal(why: string): ShellAnswer {
  return { kind: 'refused', why }
}
