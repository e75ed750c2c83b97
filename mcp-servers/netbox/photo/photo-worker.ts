import { parentPort } from 'node:worker_threads'
import sharp from 'sharp'
import { buildPyramid } from './gray-image.ts'
import type { PhotoReading, PhotoStage } from './photo-reading.ts'
import { prepareCodeReading, readCodes } from './read-codes.ts'
import { readText } from './read-text.ts'
import type { TextEngine } from './text-engine.ts'
import type { WorkerReply } from './worker-pool.ts'

/** The thread that reads photos: takes JPEG bytes, answers with a reading. */

const engineThreads = 2
let engine: Promise<TextEngine> | null = null

/** Loaded with the first photo that shows print: it takes a third of a second and 100 MB. */
async function loadEngine(): Promise<TextEngine> {
  const { openTextEngine } = await import('./text-engine.ts')
  return openTextEngine(engineThreads)
}

function send(reply: WorkerReply): void {
  parentPort?.postMessage(reply)
}

function say(stage: PhotoStage, words: string): void {
  send({ kind: 'note', note: { stage, words } })
}

async function readPhoto(jpeg: Uint8Array): Promise<PhotoReading> {
  const startMs = performance.now()
  say('codes', 'Reading codes…')
  engine ??= loadEngine()
  const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true })
  const pyramid = buildPyramid({ pixels: data, width: info.width, height: info.height })
  const surroundings = await readCodes(pyramid)
  const { codes } = surroundings
  const codesMs = performance.now()
  say('codes', codes.length === 0 ? 'No codes' : codes.length === 1 ? '1 code' : `${codes.length} codes`)
  say('text', 'Reading label…')
  const lines = await readText(pyramid, surroundings, await engine)
  say('text', lines.length === 0 ? 'No text' : lines.length === 1 ? '1 line' : `${lines.length} lines`)
  return {
    widthPixels: info.width,
    heightPixels: info.height,
    codes,
    lines,
    elapsedMs: { codes: Math.round(codesMs - startMs), text: Math.round(performance.now() - codesMs) },
  }
}

prepareCodeReading()
parentPort?.on('message', (jpeg: Uint8Array) => {
  readPhoto(jpeg).then(
    (reading) => send({ kind: 'done', result: reading }),
    (error: unknown) => {
      throw error
    },
  )
})
