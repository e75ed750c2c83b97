import { type UploadAnswer, uploadAnswerSchema } from '../agent/protocol/uploads.ts'

/** For the file dialog; systems that do not know the type of HEIC go by the ending. */
export const photoTypes = 'image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif'

const maxBytes = 10 * 1024 * 1024
const kinds = /^image\/(jpeg|png|webp|heic|heif)$/
const endings = /\.(jpe?g|png|webp|hei[cf])$/i

/** Why a file is not worth sending, or null; the server checks again and decides. */
export function refusalBefore(file: { name: string; type: string; size: number }): string | null {
  if (file.size === 0) return 'This file is empty. Choose another photo.'
  if (file.size > maxBytes)
    return `This file has ${Math.round(file.size / 1024 / 1024)} MB; photos may have 10 MB. Make it smaller or take a new one.`
  if (!kinds.test(file.type) && !endings.test(file.name))
    return 'This is not a JPEG, PNG, WebP or HEIC photo. Save it as one of these and try again.'
  return null
}

type Stored = UploadAnswer['files'][number]

/** One entry per file, in order; never throws. */
export async function uploadPhotos(files: File[]): Promise<Stored[]> {
  const form = new FormData()
  for (const file of files) form.append('photo', file, file.name)
  const refuseAll = (why: string): Stored[] =>
    files.map((file) => ({ kind: 'refused', name: file.name, why }))
  try {
    const response = await fetch('/uploads', { method: 'POST', body: form })
    const answer = uploadAnswerSchema.safeParse(await response.json().catch(() => null))
    if (answer.success && answer.data.files.length === files.length) return answer.data.files
    const whole = answer.data?.files[0]
    if (whole?.kind === 'refused') return refuseAll(whole.why)
    if (response.status === 401) return refuseAll('You are signed out. Open a new sign-in link.')
    if (response.status === 413)
      return refuseAll('This is more than HWLab takes at once. Send fewer or smaller photos.')
    return refuseAll('HWLab could not take this photo. Try again.')
  } catch {
    return refuseAll('The photo did not arrive. Check the connection and try again.')
  }
}
