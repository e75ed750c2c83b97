import { management, naming, plainNumber, port } from '../naming-rules.ts'

const place = /^\d+(?:\/\d+){1,3}(?::\d+)?(?:\.\d+)?$/

/**
 * HPE FlexFabric, FlexNetwork and the 1910 and 1920 (Comware). Source:
 * support.hpe.com/techhub/eginfolib/networking/docs/switches/5710/5200-4981_fund_cg/content/517700727.htm, “Full
 * spellings and acronyms of interface types”.
 */
export const hpeComware = naming([
  port('Ethernet', ['Eth'], place, '100base-tx'),
  port('GigabitEthernet', ['GE', 'Gi', 'Gig', 'Gigabit'], place, '1000base-t'),
  port('Ten-GigabitEthernet', ['XGE', 'Te', 'Ten', 'TenGigabitEthernet'], place, '10gbase-x-sfpp'),
  port('Twenty-FiveGigE', ['Twenty-FiveGigabitEthernet'], place, '25gbase-x-sfp28'),
  port('FortyGigE', ['FGE'], place, '40gbase-x-qsfpp'),
  port('HundredGigE', ['HGE'], place, '100gbase-x-qsfp28'),
  management('M-GigabitEthernet', ['MGE'], /^\d+(?:\/\d+){0,3}$/, '1000base-t'),
  port('Bridge-Aggregation', ['BAGG'], plainNumber, 'lag'),
  port('Route-Aggregation', ['RAGG'], plainNumber, 'lag'),
  port('Vlan-interface', ['Vlan-int', 'Vlan'], /^\d+$/, 'virtual'),
  port('LoopBack', ['Loop', 'Lo'], /^\d+$/, 'virtual'),
  port('Tunnel', ['Tun'], /^\d+$/, 'virtual'),
])
