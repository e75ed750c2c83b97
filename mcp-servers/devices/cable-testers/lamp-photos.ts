import { ulid } from 'ulid'
import type { Clock } from '../../serving/clock.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type LampStep, type LampsSaid, lampSteps } from './lamp-step.ts'
import type { Wiring } from './wiremap.ts'

/** A step that was read from a photo, kept with the result that a person made of it. */
export interface ReadLamps {
  attachmentId: string
  modelName: string
  /** SHA-256 hex of the prompt. */
  promptHash: string
  isSure: boolean
  step: LampStep
}

/** A photo of a tester's lamps, before a person has made a result of it. */
export interface LampPhoto {
  id: string
  attachmentId: string
  wiringId: string
  state:
    | { kind: 'reading' }
    | { kind: 'read'; read: readonly ReadLamps[] }
    /** No step could be taken from it: nothing was read, or it may mean two things. */
    | { kind: 'unread'; why: string }
}

/** How reading ended. */
export type LampsOutcome =
  | { kind: 'said'; modelName: string; promptHash: string; said: LampsSaid }
  | { kind: 'unread'; why: string }

export interface LampPhotos {
  list(): LampPhoto[]
  begin(photo: { attachmentId: string; wiring: Wiring }): { kind: 'reading'; photoId: string } | Refusal
  end(photoId: string, outcome: LampsOutcome): void
  /** What was read from these, for this cable. Refused when one of them is gone: a person must know what a result came from. */
  readFrom(photoIds: readonly string[], wiringId: string): ReadLamps[] | Refusal
  drop(photoIds: readonly string[]): void
}

const photosMax = 40

/** In memory: until somebody keeps a result, the photos are as unfinished as the taps of a guided entry. */
export function openLampPhotos({ clock, changed }: { clock: Clock; changed(): void }): LampPhotos {
  const photos = new Map<string, LampPhoto & { wiring: Wiring }>()
  return {
    list: () => [...photos.values()].map(({ wiring: _, ...photo }) => photo),
    begin({ attachmentId, wiring }) {
      if (photos.size >= photosMax)
        return refused(`${photosMax} photos are waiting already. Keep the result, or take some out.`)
      const id = ulid(clock.nowMs())
      photos.set(id, { id, attachmentId, wiringId: wiring.id, wiring, state: { kind: 'reading' } })
      changed()
      return { kind: 'reading', photoId: id }
    },
    end(photoId, outcome) {
      const photo = photos.get(photoId)
      if (!photo) return
      photos.set(photoId, { ...photo, state: stateAfter(outcome, photo) })
      changed()
    },
    readFrom(photoIds, wiringId) {
      const shown = photoIds.map((id) => photos.get(id))
      if (shown.some((photo) => photo?.wiringId !== wiringId))
        return refused('A photo of this entry is not there any more. Look at what is entered, then keep it.')
      return shown.flatMap((photo) => (photo?.state.kind === 'read' ? photo.state.read : []))
    },
    drop(photoIds) {
      for (const id of photoIds) photos.delete(id)
      changed()
    },
  }
}

function stateAfter(
  outcome: LampsOutcome,
  { attachmentId, wiring }: LampPhoto & { wiring: Wiring },
): LampPhoto['state'] {
  if (outcome.kind === 'unread') return outcome
  const { modelName, promptHash, said } = outcome
  const steps = lampSteps(said, wiring)
  if ('why' in steps) return { kind: 'unread', why: steps.why }
  const facts = { attachmentId, modelName, promptHash, isSure: said.isSure }
  return { kind: 'read', read: steps.map((step) => ({ ...facts, step })) }
}
