import type { ModelEntry } from '../models/model-entry.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import type { ItemView } from '../protocol/items.ts'

type Box = NonNullable<Parameters<OperatorDesk['photo']>[1]>

/** As the probe tries it (`agent/models/probe/reads-pictures.ts`): a model that reads less loses the small print of a label. */
const smallPrintPixels = 14
/** Of the box around what was read, on each side: the rest of the label. */
const marginShare = 0.3

/**
 * What a model is shown of a photo. In the cloud, what names one single device is painted over. A model on this network that does not
 * read small print is shown the label alone, when something on it was read: servers spend the same few tokens on every picture.
 */
export function photoFor(
  { itemId, attachmentId }: { itemId: string; attachmentId: string },
  { where, capabilities }: Pick<ModelEntry, 'where' | 'capabilities'>,
  desk: Pick<OperatorDesk, 'items' | 'photo' | 'maskedPhoto'>,
): Promise<{ bytes: Uint8Array; mediaType: string } | null> {
  if (where === 'cloud') return desk.maskedPhoto(attachmentId)
  const readsSmallPrint = (capabilities?.smallestTextPixels ?? 0) <= smallPrintPixels
  const item = readsSmallPrint ? undefined : desk.items().find(({ id }) => id === itemId)
  return desk.photo(attachmentId, item ? labelBox(item, attachmentId) : null)
}

/** Around everything that code read on this photo; null: nothing. */
function labelBox({ fields }: ItemView, attachmentId: string): Box | null {
  const boxes = fields
    .flatMap(({ evidence }) => evidence)
    .flatMap(({ crop }) => (crop?.attachmentId === attachmentId ? [crop.box] : []))
  if (boxes.length === 0) return null
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const width = Math.max(...boxes.map((box) => box.left + box.width)) - left
  const height = Math.max(...boxes.map((box) => box.top + box.height)) - top
  const margin = marginShare * Math.max(width, height)
  return {
    left: Math.max(0, left - margin),
    top: Math.max(0, top - margin),
    width: width + margin + Math.min(margin, left),
    height: height + margin + Math.min(margin, top),
  }
}
