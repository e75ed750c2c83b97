import { z } from 'zod'
import type { OperationKind } from './operation-kind.ts'

/** Stands for a row that this HWLab cannot read, so that one such row does not keep the whole queue from starting. */
export function unreadableKind(kind: string, subject: string): OperationKind<unknown> {
  return {
    kind,
    schema: z.unknown(),
    subjects: () => [subject],
    title: () => `${kind.replaceAll('_', ' ')} (${subject})`,
    attempt: async () => ({
      kind: 'needs-human',
      why: 'Another version of HWLab put this into the queue, and this one cannot read it. Export the queue, cancel this, and propose it again.',
    }),
  }
}
