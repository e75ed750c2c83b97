import { createHash } from 'node:crypto'
import type {
  CodeSeen,
  PhotoReader,
  PhotoReading,
  TextLine,
} from '../../mcp-servers/netbox/photo/photo-reading.ts'

const emptyReading: PhotoReading = {
  widthPixels: 1200,
  heightPixels: 800,
  codes: [],
  lines: [],
  elapsedMs: { codes: 1, text: 1 },
}

/** A label as the readers would see it: bar codes, then lines of text from top to bottom. */
export function seenLabel(label: {
  codes?: { text: string; symbology?: string }[]
  lines?: string[]
  confidence?: number
}): PhotoReading {
  return {
    ...emptyReading,
    codes: (label.codes ?? []).map(
      ({ text, symbology = 'Code 128' }, at): CodeSeen => ({
        text,
        symbology,
        box: { left: 100, top: 20 + at * 90, width: 500, height: 60 },
        rotationDegrees: 0,
      }),
    ),
    lines: (label.lines ?? []).map((text, at) => textLine(text, at, label.confidence ?? 0.96)),
  }
}

function textLine(text: string, at: number, confidence: number): TextLine {
  const top = 320 + at * 60
  let left = 100
  const words = text.split(' ').map((word) => {
    const box = { left, top, width: word.length * 14, height: 24 }
    left += box.width + 14
    return { text: word, confidence, box }
  })
  return { text, confidence, box: { left: 100, top, width: left - 114, height: 24 }, words }
}

/** Gives for each photo the reading that was set for it; a held one waits until it is let go or aborted. */
export class FakePhotoReader implements PhotoReader {
  readonly #readings = new Map<string, PhotoReading | Error>()
  #held: Promise<void> = Promise.resolve()
  readonly reads: string[] = []

  set(sha256: string, reading: PhotoReading | Error): void {
    this.#readings.set(sha256, reading)
  }

  /** From now on every read waits until the returned function is called. */
  hold(): () => void {
    const gate = Promise.withResolvers<void>()
    this.#held = gate.promise
    return gate.resolve
  }

  async read(
    jpeg: Uint8Array,
    onStage: (stage: 'codes' | 'text', words: string) => void,
    signal: AbortSignal,
  ): Promise<PhotoReading> {
    const sha256 = createHash('sha256').update(jpeg).digest('hex')
    this.reads.push(sha256)
    onStage('codes', 'Reading codes…')
    await Promise.race([this.#held, aborted(signal)])
    signal.throwIfAborted()
    onStage('text', 'Reading the label…')
    const reading = this.#readings.get(sha256) ?? emptyReading
    if (reading instanceof Error) throw reading
    return reading
  }

  async close(): Promise<void> {}
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
