import { z } from 'zod'
import type { Box } from '../intake/item.ts'

/** What a photo shows by itself. Boxes are pixels of the upright stored photo. */

const boxSchema = z.object({ left: z.number(), top: z.number(), width: z.number(), height: z.number() })

export const codeSeenSchema = z.object({
  text: z.string(),
  /** "Code 128", "QR Code", "Data Matrix"… */
  symbology: z.string(),
  box: boxSchema,
  /** Clockwise turn of the code in the photo, 0 to 360. */
  rotationDegrees: z.number(),
})
export interface CodeSeen {
  text: string
  symbology: string
  box: Box
  rotationDegrees: number
}

export const textWordSchema = z.object({ text: z.string(), confidence: z.number(), box: boxSchema })
export interface TextWord {
  text: string
  /** 0 to 1, lowered where two passes read different text. */
  confidence: number
  box: Box
}

export const textLineSchema = textWordSchema.extend({
  words: z.array(textWordSchema),
  rotationDegrees: z.number().optional(),
  capitalPixels: z.number().optional(),
})
export interface TextLine {
  text: string
  /** 0 to 1: the mean of its words, weighted by length. */
  confidence: number
  box: Box
  words: TextWord[]
  /** Clockwise turn of its reading direction in the photo, 0 to 360. */
  rotationDegrees?: number | undefined
  /** Height of a capital. */
  capitalPixels?: number | undefined
}

export interface PhotoReading {
  widthPixels: number
  heightPixels: number
  codes: CodeSeen[]
  lines: TextLine[]
  elapsedMs: { codes: number; text: number }
}

export const photoReadingSchema = z.object({
  widthPixels: z.number(),
  heightPixels: z.number(),
  codes: z.array(codeSeenSchema),
  lines: z.array(textLineSchema),
  elapsedMs: z.object({ codes: z.number(), text: z.number() }),
})

export type PhotoStage = 'codes' | 'text'

/**
 * `onStage` hears each stage twice: what it does ("Reading codes…") and what came out ("3 codes"). Throws a sentence for a
 * person when the photo takes too long or the reader fails.
 */
export interface PhotoReader {
  read(
    jpeg: Uint8Array,
    onStage: (stage: PhotoStage, words: string) => void,
    signal: AbortSignal,
  ): Promise<PhotoReading>
  close(): Promise<void>
}
