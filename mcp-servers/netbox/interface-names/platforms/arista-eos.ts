import { management, naming, plainNumber, port } from '../naming-rules.ts'

/**
 * Arista EOS. Words: devicetype-library at 0bfacdc, Arista/*.yaml; short forms as EOS prints them (`Et33`, `Ma0`):
 * eos.arista.com/introduction-to-managing-eos-devices-setting-up-management and the containerlab page below.
 */
export const aristaEos = naming([
  port('Ethernet', ['Et', 'Eth', 'E'], /^[1-9]\d*(?:\/\d+){0,2}(?:\.\d+)?$/, 'other'),
  management('Management', ['Ma', 'Mgmt', 'Man'], /^\d+(?:\/\d+)?$/, '1000base-t'),
  port('Port-Channel', ['Po', 'PortChannel'], plainNumber, 'lag'),
  port('Vlan', ['Vl'], /^\d+$/, 'virtual'),
  port('Loopback', ['Lo', 'Loop'], /^\d+$/, 'virtual'),
  port('Vxlan', ['Vx'], /^\d+$/, 'virtual'),
  port('Tunnel', ['Tu', 'Tun'], /^\d+$/, 'virtual'),
])

/** In a container, Linux' eth0 is Management0 and eth1 is Ethernet1: containerlab.dev/manual/kinds/ceos. */
export const aristaCeos = { ...aristaEos, renamed: [[/^eth0$/i, 'Management0']] as const }
