import { seenLabel } from '../../../support/fake-photo-reader.ts'
import type { NetboxLab } from '../../../support/open-netbox-server.ts'

const serials = ['UB24X7K9Q2M1', 'UB24X7K9Q2M2', 'UB24X7K9Q2M3']

/** So many switches taken in, approved, written and read back: their item ids, HW-00001 first. */
export async function recordSwitches(lab: NetboxLab, count: number): Promise<string[]> {
  const ids: string[] = []
  for (const serial of serials.slice(0, count)) {
    const label = seenLabel({
      codes: [{ text: `S${serial}` }],
      lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
    })
    const item = await lab.intake([await lab.photo(label)])
    const change = await lab.propose(item.id, false)
    await lab.decide(change)
    await lab.ended(change.id)
    ids.push(item.id)
  }
  return ids
}

/** What somebody does in NetBox itself. */
export async function stranger(
  lab: NetboxLab,
  method: 'PATCH' | 'DELETE' | 'POST',
  path: string,
  json?: Record<string, unknown>,
): Promise<unknown> {
  const answer = await lab.parts.inventory.rest.call({ method, path, ...(json ? { body: { json } } : {}) })
  if (answer.kind === 'failed') throw new Error(answer.why)
  return answer.body
}

/** NetBox's id of the device with this tag. */
export async function deviceOf(lab: NetboxLab, tag: string): Promise<number> {
  const looked = await lab.parts.inventory.findByTag(tag)
  const record = looked.kind === 'looked' ? looked.records[0] : undefined
  if (!record) throw new Error(`nothing carries ${tag}`)
  return record.id
}

/** What the report says after a look, in short. */
export async function found(lab: NetboxLab, scope: 'changes' | 'everything' = 'changes') {
  const { drift } = lab.parts.netbox
  const last = await drift.look(scope)
  if (last.kind !== 'looked') throw new Error(`not looked: ${JSON.stringify(last)}`)
  return drift
    .state()
    .findings.map(({ kind, tag, fields }) => [
      kind,
      tag,
      ...fields.map(({ field, hwlab, netbox }) => `${field}: ${hwlab} → ${netbox}`),
    ])
}

/** The id of the finding about a tag. */
export function findingOf(lab: NetboxLab, tag: string): string {
  const finding = lab.parts.netbox.drift.state().findings.find((one) => one.tag === tag)
  if (!finding) throw new Error(`nothing was found about ${tag}`)
  return finding.id
}
