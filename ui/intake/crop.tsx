import type { EvidenceView } from '../../agent/protocol/items.ts'

type CropFacts = NonNullable<EvidenceView['crop']>

export function cropUrl({ attachmentId, box }: CropFacts): string {
  const pixels = {
    left: Math.max(0, Math.floor(box.left)),
    top: Math.max(0, Math.floor(box.top)),
    width: Math.max(1, Math.ceil(box.width)),
    height: Math.max(1, Math.ceil(box.height)),
  }
  const query = Object.entries(pixels).map(([name, value]) => `${name}=${value}`)
  return `/attachments/${encodeURIComponent(attachmentId)}/crop?${query.join('&')}`
}

/** The very pixels that a value was read from. */
export function Crop({ crop, quote }: { crop: CropFacts; quote: string }) {
  return <img className="crop" src={cropUrl(crop)} alt={`Cut-out that reads “${quote}”`} loading="lazy" />
}
