import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { driftWords } from '../drift/drift-card.ts'
import { type Finding, kindWords } from '../drift/report.ts'
import { quoted } from '../intake/field-words.ts'

const input = z.object({ after: z.string().max(64).optional().describe('`next` of an earlier answer') })
const output = z.object({
  words: z.string(),
  findings: z.array(z.string()),
  next: z.string().nullable(),
})

const most = 6
const mostFields = 3

const checkInventory: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'check_inventory',
  title: 'Compare with the inventory',
  description:
    'Says what was edited, deleted or re-tagged in NetBox since HWLab last saw it. The operator decides in “NetBox changes” whose value counts.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 60_000,
  async run({ after }, { drift }) {
    if (after === undefined) await drift.look('changes')
    const state = drift.state()
    const at = after === undefined ? -1 : state.findings.findIndex(({ id }) => id === after)
    if (after !== undefined && at < 0)
      return refused('That difference is not there any more. Ask again without “after”.')
    const rest = state.findings.slice(at + 1)
    const told = rest.slice(0, most)
    const next = rest.length > most ? (told.at(-1)?.id ?? null) : null
    return { kind: 'answer', output: { words: driftWords(state), findings: told.map(lineOf), next } }
  },
}

/** "HW-00001 Acme Box 1. Changed in NetBox: serial number: HWLab SN-1, NetBox SN-2. By operator, 2026-01-05." */
function lineOf({ kind, tag, title, fields, change }: Finding): string {
  const thing = [tag, quoted(title, 50)].filter((word) => word !== null).join(' ')
  const shown = fields
    .slice(0, mostFields)
    .map(
      ({ label, hwlab, netbox }) => `${label.toLowerCase()}: HWLab ${short(hwlab)}, NetBox ${short(netbox)}`,
    )
  if (fields.length > mostFields) shown.push(`${fields.length - mostFields} more`)
  const what = shown.length === 0 ? kindWords[kind] : `${kindWords[kind]}: ${shown.join('; ')}`
  return `${thing}. ${what}.${change ? ` By ${change.by}, ${change.at.slice(0, 10)}.` : ''}`
}

function short(value: string | null): string {
  return value === null ? 'empty' : quoted(value, 30)
}

export default checkInventory
