import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'paraphrases',
  split: 'test',
  groups: routingTurns(
    `
lookup: which machines are down?
lookup: is any machine offline?
lookup: are all my hosts up?
lookup: anything not running at the moment?

lookup: where is the NAS?
lookup: in which place do I find the NAS?
lookup: can you tell me the location of the NAS?
lookup: I am looking for the NAS

lookup: how many switches do I have?
lookup: what is the number of switches that I own?
lookup: count my switches
lookup: do you know how many switches there are?

action: print a label for HW-00100
action: I need a label for HW-00100
action: can you print HW-00100's label?
action: label HW-00100, please

action: move HW-00100 to rack 3
action: HW-00100 goes into rack 3
action: please put HW-00100 into rack 3
action: relocate HW-00100 to rack 3

explain: what is link aggregation?
explain: explain link aggregation
explain: tell me about link aggregation
explain: could you explain to me how link aggregation works?

research: search the web for the manual of the SRW2024
research: find the SRW2024 manual online
research: can you google the manual of the SRW2024?
research: look on the internet for an SRW2024 manual

plan: check the whole inventory for mistakes and propose corrections
plan: go through everything recorded, find the errors and suggest fixes
plan: review all records, tell me what is wrong, and propose what to change
plan: look over the entire inventory and work out which corrections are needed
`,
    true,
  ),
} satisfies RoutingCase
