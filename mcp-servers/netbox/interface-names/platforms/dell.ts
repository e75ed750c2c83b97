import { management, naming, plainNumber, port } from '../naming-rules.ts'

/**
 * Dell SmartFabric OS10: node/slot/port, as its running configuration writes it (`interface ethernet1/1/1`,
 * `interface mgmt1/1/1`, `interface port-channel1`, `interface vlan1`) and its commands take it (`interface mgmt 1/1/1`);
 * devicetype-library at 0bfacdc, Dell/PowerSwitch-{S4128F-ON,s5*}.yaml.
 */
export const dellOs10 = naming([
  port('ethernet', ['Eth', 'Et', 'E'], /^\d+\/\d+\/\d+(?::\d+)?(?:\.\d+)?$/, 'other'),
  management('mgmt', ['Management', 'Ma', 'Mg'], /^\d+\/\d+\/\d+$/, '1000base-t'),
  port('port-channel', ['Po', 'PortChannel'], plainNumber, 'lag'),
  port('vlan', ['Vl'], /^\d+$/, 'virtual'),
  port('loopback', ['Lo'], /^\d+$/, 'virtual'),
])

const slots = /^\d+(?:\/\d+){1,3}(?:\.\d+)?$/

/**
 * Dell Networking OS9 (Force10): a space between word and number. Source: manualowl.com/m/Dell/Force10-MXL-Blade,
 * page 540 (`show interface tengig 1/21` answers `TenGigabitEthernet 1/21`); devicetype-library at 0bfacdc,
 * Dell/PowerSwitch-S4048-ON.yaml (`fortyGigE 1/49`); `ManagementEthernet 1/1` is printed as `Ma 1/1`.
 */
export const dellOs9 = {
  ...naming([
    port('GigabitEthernet', ['Gi', 'Gig', 'GigE'], slots, '1000base-t'),
    port('TenGigabitEthernet', ['Te', 'Ten', 'TenGig', 'TenGigE'], slots, '10gbase-x-sfpp'),
    port('twentyFiveGigE', ['Tf', 'TwentyFiveGig'], slots, '25gbase-x-sfp28'),
    port('fortyGigE', ['Fo', 'FortyGig', 'FortyGigabitEthernet'], slots, '40gbase-x-qsfpp'),
    port('hundredGigE', ['Hu', 'HundredGig', 'HundredGigabitEthernet'], slots, '100gbase-x-qsfp28'),
    management('ManagementEthernet', ['Ma', 'Management', 'Mgmt'], /^\d+\/\d+(?:\/\d+)?$/, '1000base-t'),
    port('Port-channel', ['Po', 'PortChannel'], /^\d+$/, 'lag'),
    port('Vlan', ['Vl'], /^\d+$/, 'virtual'),
    port('Loopback', ['Lo'], /^\d+$/, 'virtual'),
  ]),
  joint: ' ' as const,
}
