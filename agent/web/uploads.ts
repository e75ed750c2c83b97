import type { OperatorDesk } from '../operator-desk.ts'
import type { UploadAnswer } from '../protocol/uploads.ts'

const fileBytesMax = 10 * 1024 * 1024
const filesMax = 3
const bodyBytesMax = filesMax * fileBytesMax + 64 * 1024

type Taken = UploadAnswer['files'][number]

/** `POST /uploads`. No more of the body is kept than three photos can have. */
export async function takeUpload(
  request: Request,
  desk: Pick<OperatorDesk, 'storePhoto'>,
  onStored: (photo: { attachmentId: string; name: string }) => void,
): Promise<{ status: 200 | 400 | 413 | 415; answer: UploadAnswer }> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('multipart/form-data'))
    return refusal(415, 'Send photos as a form with the field “photo”.')
  const body = await readUpTo(request, bodyBytesMax)
  if (!body) {
    return refusal(
      413,
      'This is too big: up to three photos of 10 MB each. Make it smaller or take a new photo.',
    )
  }
  const form = await parseForm(body, type)
  if (!form) return refusal(400, 'The upload arrived torn. Try it again.')
  const files = form.getAll('photo').filter((entry) => typeof entry !== 'string')
  if (files.length === 0) return refusal(400, 'There was no photo in it. Choose a file first.')
  const taken: Taken[] = []
  for (const [index, file] of files.entries()) {
    const entry = await takeFile(file, index, desk)
    if (entry.kind === 'stored') onStored(entry)
    taken.push(entry)
  }
  return { status: 200, answer: { files: taken } }
}

async function takeFile(file: File, index: number, desk: Pick<OperatorDesk, 'storePhoto'>): Promise<Taken> {
  const name = file.name.slice(0, 120)
  if (index >= filesMax)
    return {
      kind: 'refused',
      name,
      why: 'Only three photos go into one message. Send this one with the next.',
    }
  if (file.size > fileBytesMax)
    return {
      kind: 'refused',
      name,
      why: 'This file is bigger than 10 MB. Make it smaller or take a new photo.',
    }
  const stored = await desk.storePhoto(new Uint8Array(await file.arrayBuffer()), name)
  if (stored.kind === 'refused') return { kind: 'refused', name, why: stored.why }
  const { attachmentId, widthPixels, heightPixels } = stored
  return { kind: 'stored', name, attachmentId, widthPixels, heightPixels }
}

function refusal(status: 400 | 413 | 415, why: string) {
  const files: Taken[] = [{ kind: 'refused', name: 'upload', why }]
  return { status, answer: { files } }
}

async function readUpTo(request: Request, bytesMax: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!request.body) return null
  const pieces: Uint8Array[] = []
  const reader = request.body.getReader()
  let bytes = Number(request.headers.get('content-length') ?? 0) > bytesMax ? bytesMax + 1 : 0
  for (;;) {
    if (bytes > bytesMax) {
      void discard(reader)
      return null
    }
    const piece = await reader.read()
    if (piece.done) return new Uint8Array(Buffer.concat(pieces))
    bytes += piece.value.byteLength
    pieces.push(piece.value)
  }
}

const discardedBytesMax = 256 * 1024 * 1024

/**
 * Lets the rest arrive and forgets it while the refusal is on its way: a connection that is closed in the sender's face
 * loses the very sentence that says why. Ends with the sender; never throws.
 */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  try {
    let bytes = 0
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      bytes += piece.value.byteLength
      if (bytes > discardedBytesMax) return await reader.cancel()
    }
  } catch {
    // The sender is gone; there is nobody left to tell.
  }
}

async function parseForm(body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData | null> {
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData()
  } catch {
    return null
  }
}
