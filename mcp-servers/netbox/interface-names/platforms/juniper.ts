import { management, naming, noNumber, plainNumber, port } from '../naming-rules.ts'

/** fpc/pic/port, the channel of a broken-out port, the logical unit. */
const place = /^\d+\/\d+\/\d+(?::\d+)?(?:\.\d+)?$/

/**
 * Juniper Junos: `type-fpc/pic/port`; there are no abbreviations, only the hyphen may be forgotten. Source:
 * juniper.net/techpubs/software/junos/junos76/swconfig76-network-interfaces, “Physical Part of an Interface Name”;
 * management ports as in devicetype-library at 0bfacdc, Juniper/*.yaml (`me0` EX, `fxp0` SRX and MX, `em0` QFX, `vme` a
 * virtual chassis, `re0:mgmt-0` Junos Evolved).
 */
export const juniper = naming([
  port('fe-', ['fe'], place, '100base-tx'),
  port('ge-', ['ge'], place, '1000base-t'),
  port('mge-', ['mge'], place, '2.5gbase-t'),
  port('xe-', ['xe'], place, '10gbase-x-sfpp'),
  port('et-', ['et'], place, 'other'),
  port('ae', [], plainNumber, 'lag'),
  management('fxp', [], plainNumber, '1000base-t'),
  management('me', [], plainNumber, '1000base-t'),
  management('em', [], /^0(?:\.\d+)?$/, '1000base-t'),
  management('vme', [], noNumber, '1000base-t'),
  management('re', [], /^\d+:mgmt-\d+$/, '1000base-t'),
  port('irb', [], noNumber, 'virtual'),
  port('vlan', [], noNumber, 'virtual'),
  port('lo', [], plainNumber, 'virtual'),
  port('st', [], plainNumber, 'virtual'),
])
