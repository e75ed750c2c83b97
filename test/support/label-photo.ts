import { easyPhoto } from '../../evals/worlds/identification-case.ts'
import { type LabelPhoto, type PhotoDifficulty, photographLabels } from '../../evals/worlds/label-photo.ts'
import type { DeviceTruth } from '../../evals/worlds/made-up-device.ts'
import { openRandom } from '../../evals/worlds/random.ts'

/** A device whose label tests photograph; the numbers are made up. */
export const testDevice: DeviceTruth = {
  manufacturer: 'MikroTik',
  model: 'CRS112-8P-4S-IN',
  partNumber: 'CRS112-8P-4S',
  serial: 'HWT9431C7E5A',
  macAddress: '48:8F:5A:44:55:66',
  fccId: null,
  ean: '4006381333931',
  inCatalogue: true,
}

/** The same photo for the same seed; seeds give other layouts, faces and poses. */
export function photographTestLabel(
  seed: number,
  harder: Partial<PhotoDifficulty> = {},
  devices: DeviceTruth[] = [testDevice],
): Promise<LabelPhoto> {
  return photographLabels(devices, { ...easyPhoto, sidePixels: [1600, 1600], ...harder }, openRandom(seed))
}
