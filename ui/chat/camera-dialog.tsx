import { useEffect, useRef, useState } from 'react'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Notice } from '../kit/notice.tsx'

interface CameraFacts {
  onPhoto(file: File): void
  onClose(): void
}

/** Browsers give the camera only to pages on https or on this very machine. */
export function canUseCamera(): boolean {
  return window.isSecureContext && typeof navigator.mediaDevices?.getUserMedia === 'function'
}

/** Phones and tablets have a camera application of their own, which takes better pictures. */
export function hasCameraApp(): boolean {
  return window.matchMedia('(pointer: coarse)').matches
}

export function CameraDialog({ onPhoto, onClose }: CameraFacts) {
  const video = useRef<HTMLVideoElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [ready, setReady] = useState(false)

  useEffect(() => {
    let stream: MediaStream | null = null
    let closed = false
    const constraints = {
      video: { facingMode: 'environment', width: { ideal: 3840 }, height: { ideal: 2160 } },
      audio: false,
    }
    navigator.mediaDevices
      .getUserMedia(constraints)
      .then((opened) => {
        stream = opened
        if (closed) for (const track of opened.getTracks()) track.stop()
        else if (video.current) video.current.srcObject = opened
      })
      .catch((error: unknown) => setProblem(cameraProblem(error)))
    return () => {
      closed = true
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [])

  const take = async () => {
    const photo = video.current && (await photoOf(video.current))
    if (!photo) return
    onPhoto(photo)
    onClose()
  }
  return (
    <Dialog title="Photograph it" open onClose={onClose}>
      {problem ? (
        <Notice tone="bad">{problem}</Notice>
      ) : (
        <video
          ref={video}
          className="camera"
          autoPlay
          playsInline
          muted
          aria-label="What the camera sees"
          onLoadedData={() => setReady(true)}
        />
      )}
      <div className="actions">
        <Button look="primary" icon="camera" disabled={!ready} onClick={take}>
          Take the photo
        </Button>
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </Dialog>
  )
}

async function photoOf(video: HTMLVideoElement): Promise<File | null> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.95)
  })
  return blob && new File([blob], 'camera.jpg', { type: 'image/jpeg' })
}

function cameraProblem(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError')
    return 'The browser does not let HWLab use the camera. Allow it beside the address, then try again.'
  if (name === 'NotFoundError') return 'No camera was found. Choose a photo file instead.'
  return 'The camera could not be opened. Another program may use it. Choose a photo file instead.'
}
