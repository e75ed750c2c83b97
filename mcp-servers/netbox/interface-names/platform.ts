import type { NamingRules } from './naming-rules.ts'
import { aristaCeos, aristaEos } from './platforms/arista-eos.ts'
import { arubaCx, procurve } from './platforms/aruba.ts'
import { ciscoIos } from './platforms/cisco-ios.ts'
import { ciscoNxos } from './platforms/cisco-nxos.ts'
import { ciscoXr } from './platforms/cisco-xr.ts'
import { dellOs9, dellOs10 } from './platforms/dell.ts'
import { hpeComware } from './platforms/hpe-comware.ts'
import { juniper } from './platforms/juniper.ts'
import { container, linux } from './platforms/linux.ts'
import { mikrotik } from './platforms/mikrotik.ts'
import { nokiaSrLinux } from './platforms/nokia-sr-linux.ts'

/** What a device runs, as far as the names of its interfaces depend on it. */
export const namingRules = {
  'cisco-ios': ciscoIos,
  'cisco-nxos': ciscoNxos,
  'cisco-xr': ciscoXr,
  juniper,
  'arista-eos': aristaEos,
  'arista-ceos': aristaCeos,
  mikrotik,
  'aruba-cx': arubaCx,
  procurve,
  'hpe-comware': hpeComware,
  'dell-os10': dellOs10,
  'dell-os9': dellOs9,
  'nokia-sr-linux': nokiaSrLinux,
  linux,
  container,
  /** Its names are left as they are. */
  unknown: null,
} as const satisfies Record<string, NamingRules | null>

export type Platform = keyof typeof namingRules

interface PlatformRow {
  manufacturer: RegExp
  model: RegExp
  platform: Platform
}

const any = /^/

/**
 * The first row that fits. Models: device types of devicetype-library at 0bfacdc, by the interface names they carry.
 * What one word of a name cannot decide (a switch sold with either OS) follows the newer of the two.
 */
const rows: PlatformRow[] = [
  { manufacturer: /arista/i, model: /ceos/i, platform: 'arista-ceos' },
  { manufacturer: /arista/i, model: /^ap-/i, platform: 'unknown' },
  { manufacturer: /arista/i, model: any, platform: 'arista-eos' },
  { manufacturer: /nokia/i, model: /sr.?linux|\b7220\b|\b7250 ixr-x/i, platform: 'nokia-sr-linux' },
  { manufacturer: /docker|containerlab|vrnetlab/i, model: any, platform: 'container' },
  { manufacturer: any, model: /vrnetlab|containerlab|\bcrpd\b|docker|\bcontainer\b/i, platform: 'container' },
  {
    manufacturer: /cisco|meraki/i,
    model: /meraki|^m[grsxv]\d|^cw9|ucs|^apic|vedge|\b(?:fmc|esa|dn)\W?\w?\d/i,
    platform: 'unknown',
  },
  {
    manufacturer: /cisco/i,
    model: /nexus|\bn[2-9]k\b|\bn[2-9]k-|^c?9[23]\d{3}[a-z]{2}-[ef]x|\bmds\b/i,
    platform: 'cisco-nxos',
  },
  {
    manufacturer: /cisco/i,
    model: /\basr[ -]?9\d{3}|\bncs\b|\bncs-?\d|^n540|^8[12678]\d\d-|\bcrs-|xrv|\bxrd\b|ios.?xr/i,
    platform: 'cisco-xr',
  },
  { manufacturer: /cisco/i, model: any, platform: 'cisco-ios' },
  { manufacturer: /juniper/i, model: /netscreen|\bssg|^ap\d/i, platform: 'unknown' },
  { manufacturer: /juniper/i, model: any, platform: 'juniper' },
  { manufacturer: /mikro ?tik/i, model: /^css|swos/i, platform: 'unknown' },
  { manufacturer: /mikro ?tik/i, model: any, platform: 'mikrotik' },
  {
    manufacturer: /aruba|hpe|hewlett|^hp\b/i,
    model: /(?:aruba|\bcx)\D*\b(?:4100i|6[0-4](?:00|05|10)[fm]?|8100|8320|8325|8360|8400|9300|10000)\b/i,
    platform: 'aruba-cx',
  },
  {
    manufacturer: /aruba/i,
    model: /^(?:cx )?(?:4100i|6[0-4](?:00|05|10)[fm]?|8100|8320|8325|8360|8400|9300|10000)\b/i,
    platform: 'aruba-cx',
  },
  {
    manufacturer: /aruba|hpe|hewlett|^hp\b/i,
    model:
      /\b(?:25[1-4]0g?|2524|26[0-9]\d|28[1-4]\d|2900|29[1-3]0(?:al|[fm])?|3500|38[01]0m?|42\d\dvl|5[34]\d\d(?:r|xl|zl)?)\b/i,
    platform: 'procurve',
  },
  {
    manufacturer: /hpe|hewlett|^hp\b|h3c/i,
    model:
      /flexfabric|flexnetwork|comware|\b[hm]sr\d{3,4}|\b19[12]0\b|\ba5[158]\d0\b|\b(?:3100|36[01]0|51[23]0|55[012]0)\b/i,
    platform: 'hpe-comware',
  },
  {
    manufacturer: /dell|force ?10/i,
    model:
      /\b(?:os10|s41[0-4]\d[a-z]*|s3048|s52\d\d[a-z]*|s5448[a-z]*|z9[1-9]\d\d[a-z]*|n3248te|mx\d{3,4}n?)\b/i,
    platform: 'dell-os10',
  },
  {
    manufacturer: /dell|force ?10/i,
    model:
      /\b(?:os9|ftos|s31\d\d[a-z]*|s4048[a-z]*|s48[12]0[a-z]*|s[56]\d{2,3}|s60\d\d|s[25]\d|z9000|z9500|c9010|mxl)\b/i,
    platform: 'dell-os9',
  },
  { manufacturer: /synology|qnap|raspberry|proxmox|debian|ubuntu|linux/i, model: any, platform: 'linux' },
  {
    manufacturer: any,
    model:
      /poweredge|proliant|raspberry|optiplex|prodesk|elitedesk|thinkcentre|thinkserver|\bnuc\d*\b|linux/i,
    platform: 'linux',
  },
]

/** By the names that NetBox has for the device's type. */
export function platformOf(manufacturer: string, model: string): Platform {
  return (
    rows.find((row) => row.manufacturer.test(manufacturer) && row.model.test(model))?.platform ?? 'unknown'
  )
}
