import type { CardLine, ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { findTarget } from '../changes/find-target.ts'
import type { ChangeTarget } from '../changes/record-change.ts'
import type { Inventory } from '../client/inventory.ts'
import { quoted } from '../intake/field-words.ts'
import { readPart } from '../parts/read-part.ts'
import type { AddJournal, AddPhotos } from './addition-intent.ts'

type Planned = { kind: 'plan'; plan: ChangePlan } | Refusal

export async function planNote(inventory: Inventory, tag: string, text: string): Promise<Planned> {
  const note = text.trim()
  if (note === '') return refused('Say what to note.')
  const found = await findTarget(inventory, tag)
  if (found.kind === 'refused') return found
  const { target } = found
  const payload: AddJournal = { target, text: note, level: 'info' }
  return planned(inventory, target, {
    title: `Note on ${target.name} (${target.assetTag})`,
    step: { kind: 'netbox.add_journal', payload },
    lines: [{ label: 'Note', before: null, after: quoted(note, 5000) }],
  })
}

/** NetBox keeps no photos at a part in a bay or at a cable: they go to the device that keeps its earlier ones. */
export async function planPhotos(
  inventory: Inventory,
  tag: string,
  photos: AddPhotos['photos'],
): Promise<Planned> {
  const found = await findTarget(inventory, tag)
  if (found.kind === 'refused') return found
  const target = await photoTarget(inventory, found.target)
  if ('why' in target) return target
  const payload: AddPhotos = { target, photos }
  const number = photos.length === 1 ? '1 photo' : `${photos.length} photos`
  return planned(inventory, target, {
    title: `Add ${number} to ${target.name} (${target.assetTag})`,
    step: { kind: 'netbox.add_photos', payload },
    lines: [{ label: 'Photos', before: null, after: `${number} more` }],
  })
}

async function photoTarget(inventory: Inventory, target: ChangeTarget): Promise<ChangeTarget | Refusal> {
  if (target.kind === 'device' || target.kind === 'asset') return target
  const { assetTag: tag, hwlabId } = target
  const records = hwlabId === null ? null : await readPart(inventory.rest, { tag, hwlabId })
  if (records?.kind === 'failed') return refused(records.why)
  const device = records?.kind === 'read' ? records.device : null
  return device
    ? { ...target, kind: 'device', id: device.id }
    : refused(`NetBox keeps no photos at a ${target.kind}. Add them to the machine that ${tag} is in.`)
}

function planned(
  inventory: Inventory,
  target: ChangeTarget,
  facts: { title: string; step: { kind: string; payload: unknown }; lines: CardLine[] },
): Planned {
  const warnings = target.hwlabId === null ? ['HWLab did not make this record.'] : []
  const step = { ...facts.step, title: `Write it to ${target.assetTag} in ${inventory.describe()}` }
  const { title, lines } = facts
  return {
    kind: 'plan',
    plan: {
      title: quoted(title, 200),
      tier: 'write',
      itemId: null,
      steps: [{ ...step, waitsFor: null, optional: false }],
      lines,
      warnings,
    },
  }
}
