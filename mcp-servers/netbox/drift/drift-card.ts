import { quoted } from '../intake/field-words.ts'
import type { DriftState } from './open-drift.ts'
import { type Finding, kindWords } from './report.ts'

/** The report as a panel shows it: bounded. Times are ISO 8601 UTC. */
export interface DriftCard {
  target: string
  words: string
  tone: 'good' | 'working' | 'bad' | 'muted' | 'ask'
  lookedAt: string | null
  isLooking: boolean
  weekly: boolean
  findings: (Omit<Finding, 'fields'> & {
    kindWords: string
    fields: { label: string; hwlab: string | null; netbox: string | null }[]
  })[]
  more: number
}

const mostShown = 50
const longestValue = 400

export function driftCard(state: DriftState, target: string): DriftCard {
  const { last, findings } = state
  const lookedAtMs = last.kind === 'looked' ? last.atMs : last.kind === 'away' ? last.lookedAtMs : null
  return {
    target,
    words: driftWords(state),
    tone:
      last.kind === 'away' ? 'bad' : findings.length > 0 ? 'ask' : last.kind === 'never' ? 'muted' : 'good',
    lookedAt: lookedAtMs === null ? null : new Date(lookedAtMs).toISOString(),
    isLooking: state.isLooking,
    weekly: state.weekly,
    findings: findings.slice(0, mostShown).map(shown),
    more: Math.max(0, findings.length - mostShown),
  }
}

function shown(finding: Finding): DriftCard['findings'][number] {
  const cut = (text: string | null) => (text === null ? null : quoted(text, longestValue))
  return {
    ...finding,
    kindWords: kindWords[finding.kind],
    fields: finding.fields.map(({ label, hwlab, netbox }) => ({
      label,
      hwlab: cut(hwlab),
      netbox: cut(netbox),
    })),
  }
}

/** "3 of 12 records differ.", or why nobody knows. */
export function driftWords({ last, watched, findings }: DriftState): string {
  if (last.kind === 'away') return `${last.why} What is shown here may be old.`
  if (watched === 0) return 'Nothing is recorded yet, so there is nothing to compare.'
  if (last.kind === 'never') return 'NetBox has not been compared yet.'
  const records = watched === 1 ? 'the 1 record' : `all ${watched} records`
  if (findings.length === 0) return `NetBox says what HWLab last saw of ${records}.`
  return findings.length === 1 ? '1 thing differs.' : `${findings.length} things differ.`
}
