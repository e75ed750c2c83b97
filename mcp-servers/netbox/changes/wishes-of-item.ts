import type { RecordKind } from '../client/record-seen.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import { fieldsOf, recordedValue } from '../intake/item-fields.ts'
import type { LiveRow } from './read-record.ts'
import { customFieldIn, ruleOf } from './record-shapes.ts'
import { recordFieldOf } from './recorded-item.ts'
import type { FieldWish } from './wished-fields.ts'

/** Fields of a recorded item that can be changed on its card. */
export function editableFields(kind: RecordKind): string[] {
  return Object.entries(recordFieldOf)
    .filter(([, field]) => customFieldIn(field) !== null || ruleOf(kind, field) !== null)
    .map(([name]) => name)
}

/** What an edit on the card asks of the record. HWLab keeps the description as a paragraph of the comments. */
export function wishesOfItem(
  store: IntakeStore,
  itemId: string,
  { field, value }: { field: string; value: string },
): (live: LiveRow) => FieldWish[] {
  if (field !== 'description') return () => [{ field, text: value }]
  const before = recordedValue(fieldsOf(store.evidence.of(itemId)), 'description')
  return ({ comments }) => [
    { field: 'comments', text: withParagraph(typeof comments === 'string' ? comments : '', before, value) },
  ]
}

/** The text with its paragraph `before` replaced by `after`; added at the end when it is not there (any more). */
function withParagraph(text: string, before: string | null, after: string): string {
  const paragraphs = paragraphsOf(text)
  const at = before === null ? -1 : paragraphs.indexOf(before.trim())
  const kept = at < 0 ? [...paragraphs, after] : paragraphs.with(at, after)
  return kept.filter((paragraph) => paragraph.trim() !== '').join('\n\n')
}

/** The description after such an edit: the one paragraph that is new, empty when it went; null: it is not that simple. */
export function descriptionIn(edit: { base: string; mine: string }): string | null {
  const before = paragraphsOf(edit.base)
  const after = paragraphsOf(edit.mine)
  const fresh = after.filter((paragraph) => !before.includes(paragraph))
  const gone = before.filter((paragraph) => !after.includes(paragraph))
  if (gone.length > 1 || fresh.length > 1) return null
  return fresh[0] ?? (gone.length === 1 ? '' : null)
}

function paragraphsOf(text: string): string[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
}
