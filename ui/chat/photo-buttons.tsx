import { type ChangeEvent, useRef, useState } from 'react'
import { IconButton } from '../kit/button.tsx'
import { photoTypes } from '../upload-photos.ts'
import { CameraDialog, canUseCamera, hasCameraApp } from './camera-dialog.tsx'
import type { Photos } from './use-photos.ts'

/** Opens the file dialog of the composer from elsewhere on the page. */
export function openPhotoChoice(): void {
  document.getElementById('photo-files')?.click()
}

export function PhotoButtons({ chosen }: { chosen: Photos }) {
  const [camera, setCamera] = useState(false)
  const capture = useRef<HTMLInputElement>(null)
  const app = hasCameraApp()
  const add = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.currentTarget.files ?? [])]
    event.currentTarget.value = ''
    if (files.length > 0) void chosen.add(files)
  }
  return (
    <div className="photo-buttons">
      <input id="photo-files" type="file" accept={photoTypes} multiple hidden onChange={add} />
      <IconButton icon="attach" label="Choose photos" onClick={openPhotoChoice} />
      {app && (
        <input ref={capture} type="file" accept="image/*" capture="environment" hidden onChange={add} />
      )}
      {(app || canUseCamera()) && (
        <IconButton
          icon="camera"
          label="Take a photo"
          onClick={() => (app ? capture.current?.click() : setCamera(true))}
        />
      )}
      {camera && (
        <CameraDialog onPhoto={(file) => void chosen.add([file])} onClose={() => setCamera(false)} />
      )}
    </div>
  )
}
