import { ulid } from 'ulid'
import type { Catalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { interpretPhoto } from '../../mcp-servers/netbox/identify/interpret-photo.ts'
import { scoreFields } from '../../mcp-servers/netbox/identify/score-fields.ts'
import type { FieldName, ScoredField } from '../../mcp-servers/netbox/intake/item.ts'
import type { PhotoReader, PhotoReading } from '../../mcp-servers/netbox/photo/photo-reading.ts'
import type { LabelPhoto } from '../worlds/label-photo.ts'
import type { DeviceTruth } from '../worlds/made-up-device.ts'

export interface Graded {
  /** Only what the photo can show is measured: no decoded serial where no code was drawn. */
  measures: Record<string, boolean>
  /** Sentences about what must never happen. */
  falseClaims: string[]
  /** Codes, text, interpretation and catalogue. */
  elapsedMs: number
}

const gateThreshold = 0.7
const sureProbability = 0.95
/** Ends the name of each measure that says how often what passed was right. */
export const pastTheGate = 'past the gate: right'

interface PhotoToGrade {
  photo: LabelPhoto
  devices: DeviceTruth[]
  catalogue: Catalogue
  reader: PhotoReader
}

export async function gradePhoto({ photo, devices, catalogue, reader }: PhotoToGrade): Promise<Graded> {
  const startMs = performance.now()
  const reading = await reader.read(photo.jpeg, () => {}, new AbortController().signal)
  const all = score(reading, catalogue)
  const elapsedMs = performance.now() - startMs
  const textOnly = score({ ...reading, codes: [] }, catalogue)
  return {
    measures: measure({ photo, devices, reading, all, textOnly }),
    falseClaims: [
      ...falseCodes(reading, photo),
      ...falseSerials(all, devices, 'with codes'),
      ...falseSerials(textOnly, devices, 'from text alone'),
    ],
    elapsedMs,
  }
}

function score(reading: PhotoReading, catalogue: Catalogue): ScoredField[] {
  const evidence = interpretPhoto(reading, 'photo', catalogue)
  return scoreFields(evidence.map((row) => ({ ...row, id: ulid(), itemId: 'item', createdAtMs: 0 })))
}

interface Outcome {
  photo: LabelPhoto
  devices: DeviceTruth[]
  reading: PhotoReading
  all: ScoredField[]
  textOnly: ScoredField[]
}

function measure({ photo, devices, reading, all, textOnly }: Outcome): Record<string, boolean> {
  const [device, second] = devices
  const serial = fieldOf(all, 'serial')
  if (!device) return { 'nothing claimed': serial.value === null || serial.probability < gateThreshold }
  if (second) return { 'two noticed': fieldOf(all, 'serial').conflict || serial.probability < gateThreshold }
  const codeText = photo.codeTexts.find((text) => text === device.serial || text === `S${device.serial}`)
  const readText = fieldOf(textOnly, 'serial').value
  return {
    ...(codeText ? { 'serial decoded': reading.codes.some((code) => code.text === codeText) } : {}),
    'serial by OCR alone': readText === device.serial,
    'serial by OCR, 0/O folded': readText !== null && folded(readText) === folded(device.serial),
    serial: serial.value === device.serial,
    [device.inCatalogue ? 'model' : 'unknown model']: sameModel(fieldOf(all, 'model').value, device.model),
    ...gate('serial', serial, serial.value === device.serial),
    ...gate('model', fieldOf(all, 'model'), sameModel(fieldOf(all, 'model').value, device.model)),
  }
}

/** Whether the field passes the gate, and whether what it says then is so; the surest ones for themselves. */
function gate(name: string, { probability }: ScoredField, isRight: boolean): Record<string, boolean> {
  const passes = probability >= gateThreshold
  return {
    [`${name} passes the gate`]: passes,
    ...(passes ? { [`${name} ${pastTheGate}`]: isRight } : {}),
    ...(probability >= sureProbability ? { [`${name} at 0.95 and more: right`]: isRight } : {}),
  }
}

const fieldOf = (fields: ScoredField[], name: FieldName): ScoredField =>
  fields.find((field) => field.field === name) ?? {
    field: name,
    value: null,
    probability: 0,
    conflict: false,
    evidence: [],
  }

/** The letters that typefaces draw like digits. */
function folded(text: string): string {
  return text
    .toUpperCase()
    .replace(/[OQD]/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/B/g, '8')
    .replace(/S/g, '5')
    .replace(/Z/g, '2')
}

function sameModel(read: string | null, truth: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '')
  return read !== null && plain(read) === plain(truth)
}

function falseCodes(reading: PhotoReading, photo: LabelPhoto): string[] {
  return reading.codes
    .filter((code) => !photo.codeTexts.includes(code.text))
    .map((code) => `${code.symbology} decoded as “${code.text}”, which is not in the photo`)
}

function falseSerials(fields: ScoredField[], devices: DeviceTruth[], how: string): string[] {
  const { value, probability } = fieldOf(fields, 'serial')
  if (value === null || probability < gateThreshold) return []
  if (devices.some((device) => device.serial === value)) return []
  const truth = devices.map((device) => device.serial).join(', ') || 'no label'
  return [`serial “${value}” at ${probability.toFixed(2)} ${how}, true is ${truth}`]
}
