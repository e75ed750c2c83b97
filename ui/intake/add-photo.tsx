import { type ChangeEvent, useRef, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { photoTypes, refusalBefore, uploadPhotos } from '../upload-photos.ts'
import { useAsking } from '../use-asking.ts'

/** One more photo of the same thing, for example of the label on its back. */
export function AddPhoto({ itemId }: { itemId: string }) {
  const { busy, refusal, ask } = useAsking()
  const [uploading, setUploading] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const input = useRef<HTMLInputElement>(null)

  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])]
    event.currentTarget.value = ''
    const tooMany = files.length > 3 ? 'Three photos fit at once. Choose three, then the next.' : null
    const unfit = tooMany ?? files.map(refusalBefore).find((why) => why !== null)
    setRefused(unfit ?? null)
    if (unfit || files.length === 0) return
    setUploading(true)
    const stored = await uploadPhotos(files)
    setUploading(false)
    const attachmentIds = stored.flatMap((file) => (file.kind === 'stored' ? [file.attachmentId] : []))
    setRefused(stored.find((file) => file.kind === 'refused')?.why ?? null)
    if (attachmentIds.length > 0) await ask('photo-add', { itemId, attachmentIds })
  }
  return (
    <div className="add-photo">
      <input ref={input} type="file" accept={photoTypes} multiple hidden onChange={add} />
      <Button icon="camera" disabled={busy || uploading} onClick={() => input.current?.click()}>
        {uploading ? 'Sending…' : 'Add a photo'}
      </Button>
      <Refusal why={refused ?? refusal} />
    </div>
  )
}
