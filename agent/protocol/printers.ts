import { z } from 'zod'

/** What a person chooses of a printer: the labels that are in it, where it cannot tell by itself. */
export const mediaChoicesSchema = z.array(z.object({ id: z.string(), words: z.string() }))

export const printerRequests = {
  'printer-media': z.object({ printerId: z.string().max(64), mediaId: z.string().max(40) }),
}

export interface PrinterResponses {
  'printer-media': { printerId: string }
}
