import { z } from 'zod'

/** A device or module as the inventory shows it: read, never assumed. */
export const recordSeenSchema = z.object({
  kind: z.enum(['device', 'module']),
  id: z.number(),
  name: z.string().nullable(),
  display: z.string(),
  assetTag: z.string().nullable(),
  serial: z.string().nullable(),
  manufacturer: z.string(),
  model: z.string(),
  role: z.string().nullable(),
  site: z.string().nullable(),
  status: z.string(),
  /** Where a person opens it. For the embedded inventory a path of HWLab itself: `/a/HW-00001`. */
  url: z.string(),
  hwlabId: z.string().nullable(),
})
export type RecordSeen = z.infer<typeof recordSeenSchema>
