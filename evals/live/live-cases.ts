import { join } from 'node:path'
import sharp from 'sharp'
import type { ModelEntry } from '../../agent/models/model-entry.ts'
import { readPhoto } from '../../agent/reading/read-photo.ts'
import { catalogueTables, openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { loadFolder } from '../../mcp-servers/serving/load-folder.ts'
import type { Trial, TrialFile } from '../trial.ts'
import type { IdentificationCase } from '../worlds/identification-case.ts'
import { photographLabels } from '../worlds/label-photo.ts'
import { type DeviceTruth, inventDevice } from '../worlds/made-up-device.ts'
import { openRandom } from '../worlds/random.ts'

/** What a real model is asked: a trial in a world, or a photo. */
export type LiveCase =
  | { kind: 'trial'; suite: string; name: string; trial: Trial }
  | { kind: 'photo'; suite: 'photos'; name: string; photo(): Promise<LabelledPhoto> }

interface LabelledPhoto {
  bytes: Uint8Array
  device: DeviceTruth
}

const casesFolder = join(import.meta.dirname, '..', 'cases')
/** As large as HWLab hands a photo to a model. */
const sidePixelsMax = 1536

/** Trials and photos that judge a real model. `share`: every how many-th of them. */
export async function liveCases(share: number): Promise<LiveCase[]> {
  const trials: LiveCase[] = []
  for (const suite of ['tools', 'restraint']) {
    const files = await loadFolder(join(casesFolder, suite), isTrialFile)
    for (const { trials: all } of files)
      for (const trial of all)
        if (trial.judgesLive && trial.mustFail === undefined)
          trials.push({ kind: 'trial', suite, name: trial.name, trial })
  }
  const photos = (await loadFolder(join(casesFolder, 'identification'), isPhotoCase))
    .filter(({ labels }) => labels === 1)
    .map(({ name, ...one }): LiveCase => ({ kind: 'photo', suite: 'photos', name, photo: () => drawn(one) }))
  return [trials, photos].flatMap((list) => list.filter((_, at) => at % share === 0))
}

/** What the model said right about the photo, nobody helping. */
export async function askAboutPhoto(
  entry: ModelEntry,
  photo: LabelledPhoto,
): Promise<Record<string, boolean>> {
  const signal = new AbortController().signal
  const { said } = await readPhoto(entry.model, { ...photo, mediaType: 'image/jpeg' }, '', signal)
  const { device } = photo
  const same = (value: string | null | undefined, truth: string) => folded(value ?? '') === folded(truth)
  return {
    form: said !== null,
    manufacturer: same(said?.manufacturer, device.manufacturer),
    model: same(said?.model, device.model) || same(said?.model, `${device.manufacturer} ${device.model}`),
    serial: same(said?.serial, device.serial),
  }
}

const folded = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

async function drawn({ seed, photo, hardSerials }: Omit<IdentificationCase, 'name'>): Promise<LabelledPhoto> {
  const database = openDatabase(':memory:', [catalogueTables])
  openCatalogue(database)
  const known = database
    .prepare<[], { manufacturer: string; model: string; partNumber: string | null }>(
      'select manufacturer, model, part_number partNumber from device_types order by slug',
    )
    .all()
  database.close()
  const random = openRandom(seed)
  const entry = known[random.integer(0, known.length - 1)]
  if (!entry) throw new Error('The starter catalogue is empty')
  const device = inventDevice(random, { ...entry, inCatalogue: true }, hardSerials)
  const { jpeg } = await photographLabels([device], photo, random)
  const size = {
    width: sidePixelsMax,
    height: sidePixelsMax,
    fit: 'inside' as const,
    withoutEnlargement: true,
  }
  return { device, bytes: await sharp(jpeg).rotate().resize(size).jpeg({ quality: 88 }).toBuffer() }
}

function isTrialFile(candidate: unknown): candidate is TrialFile {
  return typeof candidate === 'object' && candidate !== null && 'trials' in candidate
}

function isPhotoCase(candidate: unknown): candidate is IdentificationCase {
  return (
    typeof candidate === 'object' && candidate !== null && 'photo' in candidate && 'quickCount' in candidate
  )
}
