import { z } from 'zod'
import { Disclosure } from '../kit/disclosure.tsx'

const resultSchema = z.object({ quoted_from: z.string(), said: z.string() })

/** What somebody else’s server answered: as text, nothing in it is a link or a picture. */
export function WhatItSaid({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success) return null
  return (
    <Disclosure summary={`${parsed.data.quoted_from} said`}>
      <pre className="foreign-said">{parsed.data.said}</pre>
    </Disclosure>
  )
}
