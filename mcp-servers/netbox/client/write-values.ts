import { writeCustomField } from '../custom-field-types.ts'
import { customFields } from '../custom-fields.ts'

/** What a request holds for these values: HWLab's own fields by their type, others as they are. */
export function customFieldsWritten(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const own = customFields.find((field) => field.name === name)
      return [name, own ? writeCustomField(own.type, value) : value]
    }),
  )
}
