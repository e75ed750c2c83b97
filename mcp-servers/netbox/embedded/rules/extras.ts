import { endpointOf } from '../models.ts'
import { against, fine, type Judged, type Verdict } from './object-rule.ts'

/** Only models with image attachments take them: no modules, no cables. Seen on 4.4.10 and 4.7.3. */
const withImages = ['dcim.device', 'dcim.rack', 'dcim.site', 'dcim.location', 'netbox_inventory.asset']

export function imageRule(judged: Judged): Verdict {
  const type = String(judged.body.object_type)
  if (!isThere(judged, 'object'))
    return against(
      overallField(judged),
      `Invalid parent object: ${named(type, '>')} ID ${String(judged.body.object_id)}`,
    )
  const between = judged.release.minor < 6 ? '>' : '|'
  return withImages.includes(type)
    ? fine(judged)
    : against(
        '__all__',
        `Image attachments cannot be assigned to this object type (${named(type, between)}).`,
      )
}

export function customFieldRule(judged: Judged): Verdict {
  const { type, choice_set: set } = judged.body
  const selects = type === 'select' || type === 'multiselect'
  if (selects && typeof set !== 'number')
    return against('choice_set', 'Selection fields must specify a set of choices.')
  return !selects && typeof set === 'number'
    ? against('choice_set', 'Choices may be set only on selection fields.')
    : fine(judged)
}

export function journalRule(judged: Judged): Verdict {
  return isThere(judged, 'assigned_object')
    ? fine(judged)
    : against(
        overallField(judged),
        `Invalid assigned_object: ${named(String(judged.body.assigned_object_type), '>')} ID ${String(judged.body.assigned_object_id)}`,
      )
}

function overallField({ release }: Judged): string {
  return release.minor < 7 ? 'non_field_errors' : '__all__'
}

/** `dcim.device` as NetBox shows it to people: `DCIM > device`. */
function named(type: string, between: string): string {
  const [app = '', name = ''] = type.split('.')
  return `${app.toUpperCase()} ${between} ${name}`
}

function isThere({ store, body }: Judged, prefix: string): boolean {
  const model = endpointOf(body[`${prefix}_type`])
  return model !== null && store.get(model, Number(body[`${prefix}_id`])) !== null
}
