import { useState } from 'react'
import { usePlace } from '../house/place.ts'
import { useConnection, useLab } from '../use-lab.ts'
import { useDraft } from './use-draft.ts'
import type { Photos } from './use-photos.ts'

const charactersMax = 20_000

export interface Sending {
  text: string
  setText(text: string): void
  /** Why the last try to send did nothing; null when it went or nobody tried. */
  refusal: string | null
  blocked: boolean
  running: boolean
  /** True when the message is on its way. */
  send(): boolean
}

/** What is in the composer, and whether it can go. */
export function useSending(chosen: Photos): Sending {
  const connection = useConnection()
  const conversationId = useLab((lab) => lab.conversation?.id)
  const running = useLab((lab) => lab.run !== null)
  const online = useLab((lab) => lab.link === 'online')
  const { claim, dropClaim } = usePlace()
  const [text, setText] = useDraft(conversationId)
  const [refusal, setRefusal] = useState<string | null>(null)

  const photos = chosen.photos.flatMap((photo) => (photo.kind === 'stored' ? [photo] : []))
  const uploading = chosen.photos.some((photo) => photo.kind === 'uploading')
  const nothing = text.trim() === '' && photos.length === 0
  const waitsFor = whatIsAwaited({ open: online && conversationId !== undefined, running, uploading })

  const send = () => {
    if (nothing) return false
    const why = waitsFor ?? lengthRefusal(text)
    setRefusal(why)
    if (why !== null) return false
    const claims = claim !== null && photos.length > 0
    const words = claims ? `Label ${claim}. ${text}` : text
    void connection.send(
      words.trim(),
      photos.map(({ attachmentId, name }) => ({ attachmentId, name })),
    )
    if (claims) dropClaim()
    setText('')
    chosen.clear()
    return true
  }
  return { text, setText, refusal, blocked: nothing || waitsFor !== null, running, send }
}

function whatIsAwaited(now: { open: boolean; running: boolean; uploading: boolean }): string | null {
  if (!now.open) return 'HWLab is not connected right now. Your text stays here; send it when it is back.'
  if (now.running) return 'The answer above is still being made. Wait for it, or stop it first.'
  return now.uploading ? 'The photo is still on its way. Send it in a moment.' : null
}

function lengthRefusal(text: string): string | null {
  if (text.length <= charactersMax) return null
  const count = text.length.toLocaleString('en')
  return `This text has ${count} characters; a message can have 20,000. Shorten it, or send it in parts.`
}
