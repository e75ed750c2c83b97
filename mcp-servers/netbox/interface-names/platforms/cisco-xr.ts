import { management, naming, plainNumber, port } from '../naming-rules.ts'

/** rack/slot/module/port, and a fifth number on a port that is broken out. */
const place = /^\d+\/\d+\/\d+\/\d+(?:\/\d+)?(?:\.\d+)?$/

/**
 * Cisco IOS XR. Words and numbers: devicetype-library at 0bfacdc, Cisco/{ASR-9*,N540*,NCS*,8201*}.yaml, where some rows
 * write `TenGigabitEthernet` for `TenGigE`. Short forms: networktocode/netutils `constants.py`, and `FH` and `BE` as the
 * router's own tables print them.
 */
export const ciscoXr = {
  ...naming([
    port('GigabitEthernet', ['Gi', 'Gig', 'GE', 'GigE'], place, '1000base-x-sfp'),
    port('TenGigE', ['Te', 'Ten', 'TenGig', 'TenGigabitEthernet'], place, '10gbase-x-sfpp'),
    port('TwentyFiveGigE', ['TF', 'TwentyFiveGig', 'TwentyFiveGigabitEthernet'], place, '25gbase-x-sfp28'),
    port('FortyGigE', ['Fo', 'FortyGig', 'FortyGigabitEthernet'], place, '40gbase-x-qsfpp'),
    port('FiftyGigE', ['Fi', 'FiftyGig', 'FiftyGigabitEthernet'], place, '50gbase-x-sfp56'),
    port('HundredGigE', ['Hu', 'HundredGig', 'HundredGigabitEthernet'], place, '100gbase-x-qsfp28'),
    port('TwoHundredGigE', ['TH', 'TwoHundredGig', 'TwoHundredGigabitEthernet'], place, '200gbase-x-qsfp56'),
    port(
      'FourHundredGigE',
      ['FH', 'FourHundredGig', 'FourHundredGigabitEthernet'],
      place,
      '400gbase-x-qsfpdd',
    ),
    port('EightHundredGigE', ['EightHundredGig'], place, '800gbase-x-qsfpdd'),
    management('MgmtEth', ['Mg', 'Mgmt'], /^\d+\/rs?p\d+\/cpu\d+\/\d+$/, '1000base-t'),
    port('Bundle-Ether', ['BE', 'BundleEther', 'Bundle'], plainNumber, 'lag'),
    port('Loopback', ['Lo', 'Loop'], /^\d+$/, 'virtual'),
    port('BVI', ['BV'], /^\d+$/, 'virtual'),
    port('tunnel-ip', ['ti'], /^\d+$/, 'virtual'),
    port('tunnel-te', ['tt'], /^\d+$/, 'virtual'),
  ]),
  numberLetters: 'upper' as const,
}
