import { endpointOf } from '../models.ts'
import { against, fine, type Judged, type Verdict } from './object-rule.ts'

/** Only models with image attachments take them: no modules, no cables. Seen on 4.4.10 and 4.7.3. */
const withImages = ['dcim.device', 'dcim.rack', 'dcim.site', 'dcim.location', 'netbox_inventory.asset']

export function imageRule(judged: Judged): Verdict {
  const type = String(judged.body.object_type)
  const [app = '', name = ''] = type.split('.')
  const between = judged.release.minor < 6 ? '>' : '|'
  if (!withImages.includes(type))
    return against(
      '__all__',
      `Image attachments cannot be assigned to this object type (${app.toUpperCase()} ${between} ${name}).`,
    )
  return isThere(judged, 'object') ? fine(judged) : against('__all__', `Invalid parent object: ${type}`)
}

export function journalRule(judged: Judged): Verdict {
  return isThere(judged, 'assigned_object')
    ? fine(judged)
    : against('__all__', `Invalid object: ${String(judged.body.assigned_object_type)}`)
}

function isThere({ store, body }: Judged, prefix: string): boolean {
  const model = endpointOf(body[`${prefix}_type`])
  return model !== null && store.get(model, Number(body[`${prefix}_id`])) !== null
}
