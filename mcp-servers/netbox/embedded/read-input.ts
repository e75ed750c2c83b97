import type { Endpoint } from '../client/endpoints.ts'
import { exception, json, type Wrong } from './answers.ts'
import type { Release } from './release.ts'

export interface Upload {
  bytes: Uint8Array
  mediaType: string
  size: { width: number; height: number; size: number }
}
export type Input = { kind: 'input'; input: Record<string, unknown>; image: Upload | null } | Wrong

/** The body of a write, JSON or a form with a photo. */
export async function readInput(release: Release, model: Endpoint, request: Request): Promise<Input> {
  const type = request.headers.get('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return readForm(await request.formData())
  let input: unknown
  try {
    input = JSON.parse(await request.text())
  } catch {
    return wrong(400, { detail: 'JSON parse error' })
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const field = release.minor >= 7 ? '__all__' : 'non_field_errors'
    return wrong(400, { [field]: ['Invalid data. Expected a dictionary.'] })
  }
  if (model === 'extras/image-attachments' && 'image' in input)
    return wrong(400, { image: ['The submitted data was not a file.'] })
  if ('changelog_message' in input && String(input.changelog_message).length > 200) {
    const error = 'value too long for type character varying(200)'
    return { kind: 'wrong', response: exception(release, 'DataError', error) }
  }
  return { kind: 'input', input: { ...input }, image: null }
}

async function readForm(form: FormData): Promise<Input> {
  const input: Record<string, unknown> = {}
  let image: Upload | null = null
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') {
      input[name] = value
      continue
    }
    const bytes = new Uint8Array(await value.arrayBuffer())
    const { default: sharp } = await import('sharp')
    const seen = await sharp(bytes)
      .metadata()
      .catch(() => null)
    if (!seen || !['jpeg', 'png', 'webp'].includes(seen.format))
      return wrong(400, {
        image: ['Upload a valid image. The file you uploaded was either not an image or a corrupted image.'],
      })
    image = {
      bytes,
      mediaType: `image/${seen.format}`,
      size: { width: seen.width, height: seen.height, size: bytes.length },
    }
    input[name] = 'stored beside'
  }
  return { kind: 'input', input, image }
}

function wrong(status: number, body: unknown): Wrong {
  return { kind: 'wrong', response: json(status, body) }
}
