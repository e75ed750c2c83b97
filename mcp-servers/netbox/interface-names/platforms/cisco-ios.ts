import { management, naming, plainNumber, port } from '../naming-rules.ts'

const slots = /^\d+(?:\/\d+){0,4}(?:\.\d+)?$/

/**
 * Cisco IOS, IOS XE, ASA and the Small Business line. Words: devicetype-library at 0bfacdc, Cisco/*.yaml, and
 * cisco.com/c/en/us/td/docs/switches/lan/catalyst3850/software/release/16-9/configuration_guide/int_hw; short forms:
 * networktocode/netutils `constants.py` and what the switches print (`Fif1/0/1`, `Fou1/0/31`, `Ap1/0/1`). On Catalyst 9000 `Tw` is two and `Twe` is twenty-five, `Fi` is five, `Fif` is
 * fifty and `Fou` is four hundred.
 */
export const ciscoIos = naming([
  port('Ethernet', ['Eth', 'Et', 'E'], slots, 'other'),
  port('FastEthernet', ['Fa', 'Fas', 'Fast', 'FastEth', 'FE'], slots, '100base-tx'),
  port(
    'GigabitEthernet',
    ['Gi', 'Gig', 'G', 'GE', 'GigE', 'GigEth', 'Gigabit', 'GigEthernet', 'GigabitE', 'GbE'],
    slots,
    '1000base-t',
  ),
  port('TwoGigabitEthernet', ['Tw', 'Two', 'TwoGig', 'TwoGigE', 'TwoGigabit'], slots, '2.5gbase-t'),
  port('FiveGigabitEthernet', ['Fi', 'Fiv', 'Five', 'FiveGig', 'FiveGigE', 'FiveGigabit'], slots, '5gbase-t'),
  port(
    'TenGigabitEthernet',
    ['Te', 'Ten', 'TenGig', 'TenGigE', 'TenGigEth', 'TenGigabit', 'Ten-GigabitEthernet', 'XG'],
    slots,
    '10gbase-x-sfpp',
  ),
  port(
    'TwentyFiveGigE',
    ['Twe', 'TwentyFive', 'TwentyFiveGig', 'TwentyFiveGigabitEthernet'],
    slots,
    '25gbase-x-sfp28',
  ),
  port(
    'FortyGigabitEthernet',
    ['Fo', 'For', 'Forty', 'FortyGig', 'FortyGigE', 'FortyGigabit'],
    slots,
    '40gbase-x-qsfpp',
  ),
  port('FiftyGigE', ['Fif', 'Fifty', 'FiftyGig', 'FiftyGigabitEthernet'], slots, '50gbase-x-sfp56'),
  port(
    'HundredGigE',
    ['Hu', 'Hun', 'Hundred', 'HundredGig', 'HundredGigabitEthernet'],
    slots,
    '100gbase-x-qsfp28',
  ),
  port(
    'FourHundredGigE',
    ['Fou', 'FourHundred', 'FourHundredGig', 'FourHundredGigabitEthernet'],
    slots,
    '400gbase-x-qsfpdd',
  ),
  port('AppGigabitEthernet', ['Ap', 'App', 'AppGig'], slots, 'other'),
  port('Serial', ['Se', 'Ser', 'S'], /^\d+(?:\/\d+){0,3}(?::\d+)?(?:\.\d+)?$/, 'other'),
  port('Cellular', ['Ce', 'Cell'], slots, 'lte'),
  port('Dot11Radio', ['Do'], slots, 'other-wireless'),
  management('Management', ['Ma'], /^\d+(?:\/\d+)?$/, '1000base-t'),
  management('mgmt', [], /^\d+$/, '1000base-t'),
  port('Port-channel', ['Po', 'PortChannel'], plainNumber, 'lag'),
  port('Vlan', ['Vl'], /^\d+$/, 'virtual'),
  port('Loopback', ['Lo', 'Loop'], /^\d+$/, 'virtual'),
  port('Tunnel', ['Tu', 'Tun'], /^\d+$/, 'virtual'),
  port('BDI', ['BD'], /^\d+$/, 'virtual'),
  port('BVI', ['BV'], /^\d+$/, 'virtual'),
  port('nve', ['nv'], /^\d+$/, 'virtual'),
])
