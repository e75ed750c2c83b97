import { z } from 'zod'
import { jsonInReply } from './json-in-reply.ts'

/** As long as a signal name on a tester, with room for few words of a stranger. */
const labelCharactersMax = 12
/** A USB-C plug has 24 contacts and a shield. */
const lampsMax = 40

const label = z
  .union([z.string(), z.number().int()])
  .transform((said) => `${said}`.trim())
  .pipe(z.string().min(1).max(labelCharactersMax))

/** One lamp that cannot be read spoils the row: what is left would be another reading. */
const row = z.array(label).max(lampsMax).nullable()

/** What a vision model says of a tester's lamps; a reply that does not fit is no reading. */
const lampsSchema = z.object({
  tester: z.boolean(),
  near: row,
  far: row,
  sure: z.boolean().catch(false),
})
export type LampsReply = z.infer<typeof lampsSchema>

/** null: the model answered something else. */
export function readLampsReply(reply: string): LampsReply | null {
  const parsed = lampsSchema.safeParse(jsonInReply(reply))
  return parsed.success ? parsed.data : null
}
