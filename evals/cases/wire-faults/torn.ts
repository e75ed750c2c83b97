import type { TrialFile } from '../../trial.ts'
import { type FaultRow, faultTrial } from '../../worlds/fault-trial.ts'

const shares = [0.02, 0.3, 0.6, 0.9]
const rows: FaultRow[] = [
  ...shares.map(
    (share): FaultRow => [`the connection breaks after ${share * 100} %`, { kind: 'reset', share }],
  ),
  ...shares.map((share): FaultRow => [`the answer ends after ${share * 100} %`, { kind: 'cut', share }]),
  ['the answer comes byte by byte', { kind: 'bytewise' }],
  ['Ollama’s own API breaks off in the middle', { kind: 'reset', share: 0.5 }, { dialect: 'ollama' }],
  ['Ollama’s own API ends in the middle', { kind: 'cut', share: 0.5 }, { dialect: 'ollama' }],
]

export default { name: 'torn', trials: rows.map(faultTrial) } satisfies TrialFile
