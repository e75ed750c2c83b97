import type { LampPhotoView, LampStepView } from '../../../agent/protocol/cable-tests.ts'
import { isSameLit } from './lamp-words.ts'

type ReadStep = LampStepView & { attachmentId: string }

/** What photos show of one near contact. */
export interface ReadOfContact {
  steps: readonly ReadStep[]
  /** null: no photo shows it, or they do not agree. */
  offered: readonly string[] | null
}

export function readOfContact(near: string, photos: readonly LampPhotoView[]): ReadOfContact {
  const steps = photos.flatMap(({ attachmentId, state }) =>
    state.kind === 'read'
      ? state.steps.filter((step) => step.near === near).map((step) => ({ ...step, attachmentId }))
      : [],
  )
  const [first] = steps
  const agree = first !== undefined && steps.every(({ lit }) => isSameLit(lit, first.lit))
  return { steps, offered: agree ? first.lit : null }
}
