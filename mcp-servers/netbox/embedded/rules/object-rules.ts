import type { Endpoint } from '../../client/endpoints.ts'
import { addressRule, prefixRule } from './addresses.ts'
import { assetRule } from './assets.ts'
import { imageRule, journalRule } from './attachments.ts'
import { cableRule } from './cables.ts'
import { deviceRule } from './devices.ts'
import { moduleRule } from './modules.ts'
import type { ObjectRule } from './object-rule.ts'

/** What NetBox's models demand beyond the shapes of their attributes. */
export const objectRules: Partial<Record<Endpoint, ObjectRule>> = {
  'dcim/cables': cableRule,
  'dcim/devices': deviceRule,
  'dcim/modules': moduleRule,
  'extras/image-attachments': imageRule,
  'extras/journal-entries': journalRule,
  'ipam/ip-addresses': addressRule,
  'ipam/prefixes': prefixRule,
  'plugins/inventory/assets': assetRule,
}
