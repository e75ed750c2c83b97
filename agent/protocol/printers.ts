import { z } from 'zod'

/** What a person chooses of a printer: the labels that are in it, where it cannot tell by itself. */
const mediaChoicesSchema = z.array(z.object({ id: z.string(), words: z.string() }))

export const printerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  simulated: z.boolean(),
  media: z.string(),
  mediaId: z.string(),
  mediaChoices: mediaChoicesSchema,
  /** False: nothing can be printed on it, and `stateWords` says why and what to do. */
  usable: z.boolean(),
  stateWords: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
})
export const printJobViewSchema = z.object({
  id: z.string(),
  tag: z.string(),
  printerName: z.string(),
  /** "Printed", "Sent, unconfirmed", "Failed: cover open", "Did the label come out?". */
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  /** Where the file is, for PNG and PDF. */
  fileUrl: z.string().nullable(),
  actions: z.array(z.enum(['label-came-out', 'no-label', 'reprint', 'void'])),
  updatedAt: z.string(),
})

const id = z.string().min(1).max(64)

export const printerRequests = {
  'print-job-act': z.object({ jobId: id, action: z.enum(['label-came-out', 'no-label', 'reprint', 'void']) }),
  'printer-media': z.object({ printerId: z.string().max(64), mediaId: z.string().max(40) }),
}

export interface PrinterResponses {
  'print-job-act': { jobId: string }
  'printer-media': { printerId: string }
}
