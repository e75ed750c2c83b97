import { z } from 'zod'
import { jsonInReply } from './json-in-reply.ts'

const words = (charactersMax: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, ' ').trim().slice(0, charactersMax))
    .transform((text) => (text === '' || /^(null|none|n\/a|not visible|unknown)$/i.test(text) ? null : text))
    .nullable()
    .catch(null)
    .default(null)

/** What a vision model says it sees. Anything that does not fit is "not visible", never a failure of the whole. */
export const readingSchema = z.object({
  manufacturer: words(80),
  model: words(120),
  part_number: words(80),
  serial: words(80),
  mac_address: words(40),
  description: words(160),
})
export type PhotoSaid = z.infer<typeof readingSchema>

/** null when there is no JSON object in the reply. */
export function readReply(reply: string): PhotoSaid | null {
  const parsed = readingSchema.safeParse(jsonInReply(reply))
  return parsed.success ? parsed.data : null
}
