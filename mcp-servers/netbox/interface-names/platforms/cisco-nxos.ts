import { management, naming, plainNumber, port } from '../naming-rules.ts'

/**
 * Cisco NX-OS: every Ethernet port is `Ethernet`, whatever its speed, and slots count from 1. Source:
 * cisco.com/c/en/us/td/docs/switches/datacenter/nexus5500/sw/interfaces/7x, “Interface Command”; words as in
 * devicetype-library at 0bfacdc, Cisco/Nexus-*.yaml.
 */
export const ciscoNxos = naming([
  port('Ethernet', ['Eth', 'Et', 'E'], /^[1-9]\d*(?:\/\d+){1,3}(?:\.\d+)?$/, 'other'),
  management('mgmt', ['Management', 'Mg', 'Ma'], /^0$/, '1000base-t'),
  port('port-channel', ['Po', 'PortChannel'], plainNumber, 'lag'),
  port('Vlan', ['Vl'], /^\d+$/, 'virtual'),
  port('loopback', ['Lo', 'Loop'], /^\d+$/, 'virtual'),
  port('Tunnel', ['Tu', 'Tun'], /^\d+$/, 'virtual'),
  port('nve', ['nv'], /^\d+$/, 'virtual'),
  port('fc', [], /^\d+\/\d+$/, 'other'),
])
