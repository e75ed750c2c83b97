import { z } from 'zod'

/** `POST /uploads` (multipart, field `photo`, up to 3 files): one entry per file, in order. */
export const uploadAnswerSchema = z.object({
  files: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('stored'),
        attachmentId: z.string(),
        name: z.string(),
        widthPixels: z.number(),
        heightPixels: z.number(),
      }),
      z.object({ kind: z.literal('refused'), name: z.string(), why: z.string() }),
    ]),
  ),
})
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>
