import type { Endpoint } from '../../client/endpoints.ts'
import { addressRule, macRule, prefixRule } from './addresses.ts'
import { assetRule } from './assets.ts'
import { cableRule, portRule } from './cables.ts'
import { deviceRule } from './devices.ts'
import { customFieldRule, imageRule, journalRule } from './extras.ts'
import { moduleRule } from './modules.ts'
import type { ObjectRule } from './object-rule.ts'
import { locationRule, rackRule } from './places.ts'

/** What NetBox's models demand beyond the shapes of their attributes. */
export const objectRules: Partial<Record<Endpoint, ObjectRule>> = {
  'dcim/cables': cableRule,
  'dcim/console-ports': portRule,
  'dcim/devices': deviceRule,
  'dcim/interfaces': portRule,
  'dcim/locations': locationRule,
  'dcim/mac-addresses': macRule,
  'dcim/modules': moduleRule,
  'dcim/power-feeds': portRule,
  'dcim/power-outlets': portRule,
  'dcim/power-ports': portRule,
  'dcim/racks': rackRule,
  'extras/custom-fields': customFieldRule,
  'extras/image-attachments': imageRule,
  'extras/journal-entries': journalRule,
  'ipam/ip-addresses': addressRule,
  'ipam/prefixes': prefixRule,
  'plugins/inventory/assets': assetRule,
}
