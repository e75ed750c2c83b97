import { ulid } from 'ulid'
import { z } from 'zod'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { describeStanding } from '../identify/describe-standing.ts'
import { interpretPhoto } from '../identify/interpret-photo.ts'
import { scoreFields } from '../identify/score-fields.ts'
import { gate, judge, nextState } from '../intake/gate.ts'
import { type Evidence, evidenceKinds, fieldNames, gateStates, type Reading } from '../intake/item.ts'
import type { Item } from '../intake/items-table.ts'
import { nextAction } from '../intake/next-action.ts'
import { openPhotoReader } from './photo-reader.ts'
import { codeSeenSchema, type PhotoReader, textLineSchema } from './photo-reading.ts'
import { preparePhoto } from './prepare-photo.ts'

/** What `hwlab intake <photo…> --json` prints: what the photos alone show, without a server or a model. */
export const intakeReportSchema = z.object({
  photos: z.array(
    z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('read'),
        name: z.string(),
        /** Of the prepared photo, hex; evidence names photos by it. */
        sha256: z.string(),
        widthPixels: z.number(),
        heightPixels: z.number(),
        codes: z.array(codeSeenSchema),
        lines: z.array(textLineSchema),
        elapsedMs: z.object({ prepare: z.number(), codes: z.number(), text: z.number() }),
      }),
      z.object({ kind: z.literal('refused'), name: z.string(), why: z.string() }),
    ]),
  ),
  fields: z.array(
    z.object({
      field: z.enum(fieldNames),
      value: z.string().nullable(),
      /** 0 to 1. */
      probability: z.number(),
      standing: z.string(),
      conflict: z.boolean(),
      evidence: z.array(
        z.object({
          kind: z.enum(evidenceKinds),
          source: z.string(),
          syntax: z.enum(['checked', 'labelled', 'shaped', 'plain']),
          value: z.string(),
          quote: z.string(),
          readerConfidence: z.number().nullable(),
          /** `sha256` of the photo. */
          photo: z.string().nullable(),
          box: codeSeenSchema.shape.box.nullable(),
        }),
      ),
    }),
  ),
  gate: z.object({ state: z.enum(gateStates), words: z.string() }),
  nextAction: z.string(),
  elapsedMs: z.number(),
})
export type IntakeReport = z.infer<typeof intakeReportSchema>

type PhotoEntry = IntakeReport['photos'][number]

/** The default gate of QG-2. */
const gateThreshold = 0.7

/** A file as it was found; `bytes` is null when it could not be opened. */
interface PhotoFile {
  name: string
  bytes: Uint8Array | null
}

/** Reads the photos as those of one item. A file that is not a usable photo becomes an entry with the reason. */
export async function describePhotos(photos: PhotoFile[], catalogue: Catalogue): Promise<IntakeReport> {
  const startMs = performance.now()
  const reader = openPhotoReader({ workers: 1 })
  try {
    const described: Described[] = []
    for (const photo of photos) described.push(await describePhoto(photo, reader, catalogue))
    const evidence = described.flatMap(({ readings }) => readings).map(asEvidence)
    return {
      photos: described.map(({ entry }) => entry),
      ...judged(evidence, described.filter(({ entry }) => entry.kind === 'read').length),
      elapsedMs: Math.round(performance.now() - startMs),
    }
  } finally {
    await reader.close()
  }
}

interface Described {
  entry: PhotoEntry
  readings: Reading[]
}

async function describePhoto(
  { name, bytes }: PhotoFile,
  reader: PhotoReader,
  catalogue: Catalogue,
): Promise<Described> {
  if (!bytes)
    return {
      entry: { kind: 'refused', name, why: `${name} cannot be read. Check the name.` },
      readings: [],
    }
  const startMs = performance.now()
  const prepared = await preparePhoto(bytes, name)
  if (prepared.kind === 'refused')
    return { entry: { kind: 'refused', name, why: prepared.why }, readings: [] }
  const { sha256 } = prepared
  const prepareMs = Math.round(performance.now() - startMs)
  const reading = await reader
    .read(prepared.bytes, () => {}, new AbortController().signal)
    .catch((error: unknown) => ({ why: error instanceof Error ? error.message : 'Reading it failed.' }))
  if ('why' in reading)
    return { entry: { kind: 'refused', name, why: `${name}: ${reading.why}` }, readings: [] }
  const { elapsedMs, ...seen } = reading
  return {
    entry: { kind: 'read', name, sha256, ...seen, elapsedMs: { prepare: prepareMs, ...elapsedMs } },
    readings: interpretPhoto(reading, sha256, catalogue),
  }
}

function asEvidence(reading: Reading): Evidence {
  return { ...reading, id: ulid(), itemId: 'photos', createdAtMs: 0 }
}

function judged(evidence: Evidence[], photoCount: number): Omit<IntakeReport, 'photos' | 'elapsedMs'> {
  const fields = scoreFields(evidence)
  const verdict = judge(fields, gateThreshold)
  const state = nextState('indexed', verdict.kind) ?? 'indexed'
  return {
    fields: fields.map((field) => ({
      field: field.field,
      value: field.value,
      probability: field.probability,
      standing: describeStanding(field),
      conflict: field.conflict,
      evidence: field.evidence.map((row) => ({
        kind: row.kind,
        source: row.source,
        syntax: row.syntax,
        value: row.value,
        quote: row.quote,
        readerConfidence: row.readerConfidence,
        photo: row.attachmentId,
        box: row.box,
      })),
    })),
    gate: { state, words: gate[state].words },
    nextAction: nextAction({
      item: draftOf(state),
      verdict,
      stages: [],
      duplicates: [],
      photoCount,
      evidenceCount: evidence.length,
      change: null,
    }),
  }
}

/** The item that these photos would become; it is never stored. */
function draftOf(state: Item['state']): Item {
  return {
    id: 'photos',
    state,
    note: '',
    sample: false,
    startedBy: '',
    conversationId: null,
    printerId: null,
    operationKey: null,
    trouble: null,
    record: null,
    recordStatus: null,
    discardedAtMs: null,
    createdAtMs: 0,
    updatedAtMs: 0,
  }
}
