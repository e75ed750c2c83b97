import { z } from 'zod'
import { cableBench } from './cable-tests.ts'
import { consoleBench } from './consoles.ts'
import { meterBench } from './meters.ts'
import { printerViewSchema, printJobViewSchema } from './printers.ts'

/** What is plugged in, what is simulated, and what it does. */

export const benchViewSchema = z.object({
  /** What is really plugged in. */
  devices: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.string(),
      ids: z.string(),
      simulated: z.boolean(),
      stateWords: z.string(),
      tone: z.enum(['good', 'working', 'bad', 'muted']),
      note: z.string().nullable(),
    }),
  ),
  /** Why devices cannot be listed here, or null. */
  devicesNote: z.string().nullable(),
  ...meterBench,
  ...consoleBench,
  ...cableBench,
  printers: z.array(printerViewSchema),
  printJobs: z.array(printJobViewSchema),
  /** Label sheets that `/labels/sheet.pdf` can fill. */
  sheets: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      /** Product numbers under which such sheets are sold. */
      products: z.string(),
      columns: z.number(),
      rows: z.number(),
      /** Width of the page by its height. */
      pageShape: z.number(),
    }),
  ),
})
export type BenchView = z.infer<typeof benchViewSchema>
