import { z } from 'zod'
import { imageKind } from './image-kind.ts'
import { openWorkerPool } from './worker-pool.ts'

export const largestFileBytes = 10 * 1024 * 1024

const preparedSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('prepared'),
    /** JPEG, upright, longest side at most 4096 pixels, without metadata. */
    bytes: z.instanceof(Uint8Array),
    widthPixels: z.number(),
    heightPixels: z.number(),
    /** Of `bytes`, hex. */
    sha256: z.string(),
  }),
  z.object({ kind: z.literal('refused'), why: z.string() }),
])
export type PreparedPhoto = z.infer<typeof preparedSchema>

const tooLong = 'Opening this picture took too long. Send a smaller one.'
const pool = openWorkerPool({
  script: new URL('./prepare-worker.ts', import.meta.url),
  workers: 1,
  limitMs: 15_000,
  tooLong,
  idleMs: 30_000,
})

/**
 * Checks an upload before anything else reads it, then turns it upright, strips all metadata and encodes it anew, in a
 * worker thread. `fileName` is only for the sentence.
 */
export async function preparePhoto(bytes: Uint8Array, fileName: string): Promise<PreparedPhoto> {
  const name = nameForPeople(fileName)
  if (bytes.length === 0) return { kind: 'refused', why: `${name} is empty. Send it again.` }
  if (bytes.length > largestFileBytes)
    return {
      kind: 'refused',
      why: `${name} is larger than 10 MB. Send a smaller photo; 12 megapixels are plenty.`,
    }
  const found = imageKind(bytes)
  if (found.kind === 'other') return { kind: 'refused', why: `${name}: ${found.why}` }
  try {
    const result = preparedSchema.parse(await pool.run(bytes, () => {}, new AbortController().signal))
    return result.kind === 'refused' ? { kind: 'refused', why: `${name}: ${result.why}` } : result
  } catch (error) {
    if (error instanceof Error && error.message === tooLong)
      return { kind: 'refused', why: `${name}: ${tooLong}` }
    throw error
  }
}

/** Names come from strangers: control characters out, short. */
function nameForPeople(fileName: string): string {
  const plain = fileName.replace(/[^\p{L}\p{N} ._()-]/gu, '').trim()
  return plain === '' ? 'The file' : `“${plain.slice(0, 60)}”`
}
