import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'plans',
  split: 'test',
  groups: routingTurns(`
plan: go through all records and list contradictions, then propose a fix for each
plan: work out a migration of all machines from rack 1 to rack 2, in order
plan: compare my hypervisors and say which one should be replaced first and why
plan: check every switch for free ports and suggest a better distribution
plan: design the layout of the new rack from what I own
plan: which machines could share one UPS? look at all of them and compute the load
plan: audit the whole inventory: what is missing, what is double, what is wrong
plan: find all spare disks, match them to the servers that need one, and propose the moves
plan: make a step by step plan to renumber the network and check it for clashes
plan: review everything I added this month and tell me what should be changed
plan: analyse which cables are redundant and propose removing them
plan: for each location, summarise what is there and suggest what belongs elsewhere
plan: build me a list of complete PCs from the loose parts
plan: figure out how to free four units in rack 2 without taking anything offline
plan: compare what NetBox says with what is connected and file all corrections
plan: prepare the retirement of all machines older than 2012, one after the other
plan: plan the cabling for the ten new access points and file the cables
plan: look at all addresses, find the convention, and list what breaks it, with a proposal
plan: rank all servers by memory per watt and recommend which to switch off
plan: check all hosts against the naming scheme and propose new names for the bad ones
`),
} satisfies RoutingCase
