import { type InterfaceKind, naming, port } from '../naming-rules.ts'

const count = /^\d+(?:\.\d+)?$/
/** PCI bus and slot; then function, USB ports, the port's own name. */
const place = /^\d+s\d+[a-z0-9]*(?:\.\d+)?$/
const domainPlace = /^\d+(?:p\d+)?s\d+[a-z0-9]*(?:\.\d+)?$/
const index = /^\d+[a-z0-9]*(?:\.\d+)?$/
const mac = /^[0-9a-f]{12}(?:\.\d+)?$/

/** `o`n board, hotplug `s`lot, `p`lace on the bus (with a `P`CI domain), `x` MAC address. */
function predictable(prefix: 'en' | 'wl' | 'ww', type: string): InterfaceKind[] {
  return [
    port(`${prefix}o`, [], index, type),
    port(`${prefix}s`, [], index, type),
    port(`${prefix}p`, [], place, type),
    port(`${prefix}P`, [], domainPlace, type),
    port(`${prefix}x`, [], mac, type),
  ]
}

const kernelPorts = [
  port('wlan', [], count, 'other-wireless'),
  port('wwan', [], count, 'lte'),
  port('lo', [], /^$/, 'virtual'),
  port('bond', [], count, 'lag'),
  port('team', [], count, 'lag'),
  port('br', [], count, 'bridge'),
  port('vmbr', [], count, 'bridge'),
  port('virbr', [], count, 'bridge'),
  port('docker', [], count, 'bridge'),
  port('vlan', [], count, 'virtual'),
  port('tap', [], count, 'virtual'),
  port('tun', [], count, 'virtual'),
  port('wg', [], count, 'virtual'),
  port('dummy', [], count, 'virtual'),
]

/**
 * Linux: the kernel's names and systemd's predictable ones; they have no abbreviations. Source:
 * freedesktop.org/software/systemd/man/systemd.net-naming-scheme.html.
 */
export const linux = {
  ...naming([
    port('eth', [], count, 'other'),
    ...predictable('en', 'other'),
    ...predictable('wl', 'other-wireless'),
    ...predictable('ww', 'lte'),
    ...kernelPorts,
  ]),
  isCaseSensitive: true,
}

/**
 * A container: eth0 is Docker's own network, by which a lab's switch or router is managed; eth1 is its first data port.
 * Source: containerlab.dev/manual/kinds/crpd and /ceos, “Interfaces mapping”.
 */
export const container = {
  ...linux,
  kinds: [
    { ...port('eth', [], /^0$/, 'virtual'), isManagement: true },
    port('eth', [], /^(?:[1-9]\d*(?:\.\d+)?|0\.\d+)$/, 'virtual'),
    ...kernelPorts,
  ],
}
