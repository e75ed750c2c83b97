import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import Tesseract from 'tesseract.js'
import { encodePgm, type GrayImage } from './gray-image.ts'

/** One word in a line's picture, in that picture's pixels. */
export interface EngineWord {
  text: string
  confidence: number
  left: number
  top: number
  right: number
  bottom: number
}

/** Reads pictures of single lines, several at a time. */
export interface TextEngine {
  readLine(image: GrayImage): Promise<EngineWord[]>
  close(): Promise<void>
}

const { resolve } = createRequire(import.meta.url)

/** The dictionaries are off: they pull serial numbers towards English. */
const engineConfig = {
  load_system_dawg: '0',
  load_freq_dawg: '0',
  load_number_dawg: '0',
  load_punc_dawg: '0',
  load_bigram_dawg: '0',
}

/** Starts `threads` engines on the language data installed with the program; nothing is fetched or cached. */
export async function openTextEngine(threads: number): Promise<TextEngine> {
  const workers = await Promise.all(Array.from({ length: threads }, openWorker))
  const idle = [...workers]
  const waiting: ((worker: Tesseract.Worker) => void)[] = []
  const take = () => {
    const worker = idle.pop()
    return worker ? Promise.resolve(worker) : new Promise<Tesseract.Worker>((grant) => waiting.push(grant))
  }
  const give = (worker: Tesseract.Worker) => {
    const next = waiting.shift()
    if (next) next(worker)
    else idle.push(worker)
  }
  return {
    async readLine(image) {
      const worker = await take()
      try {
        const file = Buffer.from(encodePgm(image))
        const { data } = await worker.recognize(file, {}, { text: false, blocks: true })
        return wordsOf(data)
      } finally {
        give(worker)
      }
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

async function openWorker(): Promise<Tesseract.Worker> {
  const worker = await Tesseract.createWorker(
    'eng',
    Tesseract.OEM.LSTM_ONLY,
    {
      langPath: join(dirname(resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int'),
      cacheMethod: 'none',
      gzip: true,
      errorHandler: () => {},
    },
    engineConfig,
  )
  await worker.setParameters({ tessedit_pageseg_mode: Tesseract.PSM.SINGLE_LINE, user_defined_dpi: '300' })
  return worker
}

function wordsOf(page: Tesseract.Page): EngineWord[] {
  const lines = (page.blocks ?? []).flatMap((block) =>
    block.paragraphs.flatMap((paragraph) => paragraph.lines),
  )
  return lines.flatMap((line) =>
    line.words
      .filter((word) => word.text.trim() !== '')
      .map((word) => ({
        text: word.text.trim(),
        confidence: word.confidence / 100,
        left: word.bbox.x0,
        top: word.bbox.y0,
        right: word.bbox.x1,
        bottom: word.bbox.y1,
      })),
  )
}
