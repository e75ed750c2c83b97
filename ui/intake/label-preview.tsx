import type { ItemView } from '../../agent/protocol/items.ts'

/** The same drawing that goes to the printer. */
export function LabelPreview({ item }: { item: ItemView }) {
  if (!item.labelPreviewUrl) return null
  const mark = item.labelPreviewUrl.includes('?') ? '&' : '?'
  return (
    <figure className="label-preview">
      <img
        src={`${item.labelPreviewUrl}${mark}at=${encodeURIComponent(item.updatedAt)}`}
        alt={`The label as it will be printed${item.tag ? `: ${item.tag}` : ''}`}
      />
    </figure>
  )
}
