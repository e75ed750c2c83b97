import { naming, port } from '../naming-rules.ts'

const count = /^\d+$/
/** Cage and lane. */
const lane = /^\d+-\d+$/

/**
 * MikroTik RouterOS, default names; an owner may give any other. Source: devicetype-library at 0bfacdc, MikroTik/*.yaml
 * (some of its rows write `Ether-1` and `ETH-1`); mikrotik-docs.pages.dev/interfaces-overview.
 */
export const mikrotik = naming([
  port('ether', ['ether-', 'eth', 'eth-', 'Ethernet'], count, '1000base-t'),
  port('combo', [], count, '1000base-t'),
  port('sfp', ['sfp-'], count, '1000base-x-sfp'),
  port('sfp-sfpplus', ['sfpplus', 'sfp+', 'sfp-plus'], count, '10gbase-x-sfpp'),
  port('sfp28-', [], count, '25gbase-x-sfp28'),
  port('qsfpplus', ['qsfp+', 'qsfp-qsfpplus'], lane, '40gbase-x-qsfpp'),
  port('qsfp28-', [], lane, '100gbase-x-qsfp28'),
  port('wlan', [], count, 'other-wireless'),
  port('wifi', [], count, 'other-wireless'),
  port('lte', ['lte-'], count, 'lte'),
  port('bridge', [], count, 'bridge'),
  port('bonding', [], count, 'lag'),
])
