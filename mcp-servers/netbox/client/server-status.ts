import { type Features, featuresOf, statusSchema } from './features.ts'
import type { FeaturesKnown, Probe } from './inventory.ts'
import type { Rest } from './rest.ts'

type Asked = { kind: 'known'; features: Features } | Exclude<Probe, { kind: 'ready' }>

/** Asks the server what it is. The last good answer is kept until the next probe, for instance when NetBox is back. */
export function openServerStatus(rest: Rest): {
  probe(): Promise<Probe>
  features(): Promise<FeaturesKnown>
} {
  let known: Features | null = null
  async function ask(): Promise<Asked> {
    const asked = await askStatus(rest)
    if (asked.kind === 'known') known = asked.features
    return asked
  }
  return {
    async probe() {
      const asked = await ask()
      return asked.kind === 'known' ? { kind: 'ready', version: asked.features.version } : asked
    },
    async features() {
      if (known !== null) return { kind: 'known', features: known }
      const asked = await ask()
      return asked.kind === 'known' ? asked : { kind: 'away', why: asked.why }
    },
  }
}

async function askStatus(rest: Rest): Promise<Asked> {
  const answer = await rest.call({ method: 'GET', path: 'status/' })
  if (answer.kind === 'failed') {
    const person = ['auth', 'base-url', 'denied', 'gone'].includes(answer.cause)
    return person ? { kind: 'refused', why: answer.why } : { kind: 'away', why: answer.why }
  }
  const status = statusSchema.safeParse(answer.body)
  if (!status.success)
    return {
      kind: 'refused',
      why: 'Something answers at NETBOX_URL, but it is no NetBox. Check the address.',
    }
  const features = featuresOf(status.data)
  if (features !== null) return { kind: 'known', features }
  const version = status.data['netbox-version'].slice(0, 40)
  return { kind: 'refused', why: `This is NetBox ${version}. HWLab needs NetBox 4.4 or newer.` }
}
