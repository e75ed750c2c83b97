import { useCallback, useRef, useState } from 'react'
import { refusalBefore, uploadPhotos } from '../upload-photos.ts'

export const photosMax = 3

export type ChosenPhoto = { key: number; name: string } & (
  | { kind: 'uploading' }
  | { kind: 'stored'; attachmentId: string }
  | { kind: 'refused'; why: string }
)

export interface Photos {
  photos: ChosenPhoto[]
  add(files: File[]): Promise<void>
  remove(key: number): void
  clear(): void
}

/** The photos beside the text: at most three, uploaded at once, each with its own outcome. */
export function usePhotos(): Photos {
  const [photos, setPhotos] = useState<ChosenPhoto[]>([])
  const count = useRef({ nextKey: 0, kept: 0 })
  count.current.kept = photos.filter((photo) => photo.kind !== 'refused').length

  const settle = useCallback((key: number, outcome: ChosenPhoto) => {
    setPhotos((before) => before.map((photo) => (photo.key === key ? outcome : photo)))
  }, [])

  const add = useCallback(
    async (files: File[]) => {
      const room = photosMax - count.current.kept
      const taken = files.map((file, position): { file: File; photo: ChosenPhoto } => {
        const key = count.current.nextKey++
        const why =
          refusalBefore(file) ??
          (position < room ? null : 'Three photos fit into one message. Send these first, then the next.')
        const { name } = file
        return { file, photo: why ? { key, name, kind: 'refused', why } : { key, name, kind: 'uploading' } }
      })
      setPhotos((before) => [
        ...before.filter((photo) => photo.kind !== 'refused'),
        ...taken.map(({ photo }) => photo),
      ])
      const sent = taken.filter(({ photo }) => photo.kind === 'uploading')
      if (sent.length === 0) return
      const stored = await uploadPhotos(sent.map(({ file }) => file))
      for (const [position, { photo }] of sent.entries()) {
        const outcome = stored[position]
        if (!outcome) continue
        const { key, name } = photo
        if (outcome.kind === 'stored')
          settle(key, { key, name, kind: 'stored', attachmentId: outcome.attachmentId })
        else settle(key, { key, name, kind: 'refused', why: outcome.why })
      }
    },
    [settle],
  )
  const remove = useCallback(
    (key: number) => setPhotos((before) => before.filter((photo) => photo.key !== key)),
    [],
  )
  const clear = useCallback(() => setPhotos([]), [])
  return { photos, add, remove, clear }
}
