import type { TrialFile } from '../../trial.ts'
import { type FaultRow, faultTrial } from '../../worlds/fault-trial.ts'

const status = (code: number, headers: Record<string, string> = {}): FaultRow => [
  `HTTP ${code}${headers['retry-after'] ? ', come back at once' : ''}`,
  { kind: 'status', status: code, headers },
]

const rows: FaultRow[] = [
  ...[400, 401, 402, 404, 413, 429, 500, 503].map((code) => status(code)),
  status(429, { 'retry-after': '0' }),
  ['a web page instead of an answer', { kind: 'page' }],
  ['HTTP 200 and nothing in it', { kind: 'blank' }],
  ['the connection breaks before the answer', { kind: 'no-answer' }],
]

export default { name: 'no answer', trials: rows.map(faultTrial) } satisfies TrialFile
