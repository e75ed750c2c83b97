import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'negations',
  split: 'test',
  groups: routingTurns(`
action: do not search the web, only record it as it is
action: don't look anything up, just set the role to router
action: no printing, but do record the switch
action: skip the research and save the NAS
action: don't ask NetBox who it belongs to, just move HW-00013 to rack 2
lookup: don't change anything, only tell me where HW-00019 is
lookup: without printing it, show me what the label of HW-00008 says
lookup: no plan please, just how many disks there are
lookup: don't google it, what does our inventory say about the modem?
lookup: I don't want to move it, I want to know where it is
explain: don't check my inventory, just explain what a PDU is
explain: I am not asking about my lab: what is a spine switch?
explain: no tools please, what does ECC stand for?
explain: never mind my machines, how do machines in general fail?
explain: without searching, what is a firmware?
explain: not for my network, in theory: what is a VLAN trunk?
chitchat: no, do not look that up, I know it
chitchat: please don't search, I only said thanks
chitchat: don't print anything, I was joking
chitchat: no need to do anything
`),
} satisfies RoutingCase
