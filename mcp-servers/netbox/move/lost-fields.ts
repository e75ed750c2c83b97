import { z } from 'zod'
import { plainValue } from '../client/plain-value.ts'
import type { Row } from '../client/rest.ts'

const rowSchema = z.looseObject({ id: z.number() })
const endSchema = z.looseObject({ object_type: z.string(), object_id: z.number() })

/** Fields of the record read back that are not as they were sent. */
export function lostFields(sent: Record<string, unknown>, row: Row): string[] {
  return Object.entries(sent).flatMap(([field, value]) => {
    if (field === 'changelog_message') return []
    if (field === 'custom_fields') return lostCustomFields(value, row.custom_fields)
    return isKept(value, row[field]) ? [] : [field.replaceAll('_', ' ')]
  })
}

function lostCustomFields(sent: unknown, there: unknown): string[] {
  const known = z.record(z.string(), z.unknown())
  const read = known.catch({}).parse(there)
  return Object.entries(known.parse(sent)).flatMap(([name, value]) =>
    isKept(value, read[name]) ? [] : [`custom field ${name}`],
  )
}

function isKept(sent: unknown, there: unknown): boolean {
  if (Array.isArray(sent)) return areKept(sent, there)
  const named = rowSchema.safeParse(there)
  const value = named.success ? named.data.id : plainValue(there)
  if (typeof sent === 'number') return Number(value) === sent
  if (typeof sent === 'string') return plain(String(value ?? '')) === plain(sent)
  return JSON.stringify(value ?? null) === JSON.stringify(sent)
}

/** Tags and ends of a cable; NetBox may have more of them by now. */
function areKept(sent: readonly unknown[], there: unknown): boolean {
  const ends = z.array(endSchema).safeParse(sent)
  if (sent.length > 0 && ends.success) {
    const read = z.array(endSchema).safeParse(there).data ?? []
    return ends.data.every((end) =>
      read.some((other) => other.object_id === end.object_id && other.object_type === end.object_type),
    )
  }
  const rows = z.array(rowSchema).safeParse(there).data ?? []
  return sent.every((one) => rows.some(({ id }) => id === one))
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}
