import type { Approvals } from '../../approval/approvals.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Attachments } from '../attachments/attachments.ts'
import type { Inventory } from '../client/inventory.ts'
import type { Intake } from '../intake/intake.ts'
import { planPhotos } from './plan-additions.ts'

interface Deps {
  approvals: Approvals
  inventory: Inventory
  attachments: Attachments
  intake: Intake
  readOnly: boolean
}

/** For the operator's desk: photos of a draft are read with it; those of a recorded thing go to its record, once approved. */
export async function addItemPhotos(
  { approvals, inventory, attachments, intake, readOnly }: Deps,
  { itemId, attachmentIds }: { itemId: string; attachmentIds: string[] },
  operator: string,
): Promise<{ kind: 'added' } | Refusal> {
  const card = intake.card(itemId)
  if (card?.state !== 'complete' || card.tag === null)
    return intake.addPhotos(itemId, attachmentIds, operator)
  if (readOnly) return refused('HWLab is in read-only mode, so nothing can be added.')
  const photos = attachmentIds.flatMap((attachmentId) => {
    const sha256 = attachments.find(attachmentId)?.sha256
    return sha256 === undefined ? [] : [{ attachmentId, sha256 }]
  })
  if (photos.length < attachmentIds.length) return refused('A photo is not here any more. Send it again.')
  const planned = await planPhotos(inventory, card.tag, photos)
  if (planned.kind === 'refused') return planned
  const from = { server: 'netbox', tool: 'add_photos', requester: `operator:${operator}` }
  const filed = approvals.fileIfRoom(planned.plan, from)
  return filed.kind === 'refused' ? filed : { kind: 'added' }
}
