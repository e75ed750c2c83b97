import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'for tuning',
  split: 'dev',
  groups: routingTurns(`
lookup: which of the servers are not running?
lookup: how many switches have I got?
lookup: where did the spare fan go?
lookup: does the media box have a second disk?
lookup: give me the details of HW-00017
lookup: anything unlabelled on the shelf?
lookup: what have we recorded from Cisco?
lookup: I need to know which rack the UPS sits in
lookup: can you tell me if the printer has labels left?
lookup: who is the maker of the modem?
lookup: is the cluster node four in NetBox?
lookup: how many units are free in rack 3?
action: add a Dell OptiPlex with service tag 7YTR2
action: please move the modem to shelf B
action: HW-00018 is retired now
action: give HW-00003 a new label
action: note that the fan is broken
action: change its role to hypervisor
action: no research, simply record it
action: connect the new access point to port 4
action: I replaced the PSU of atlas, update the record
action: take that back
plan: look through all machines and say which ones could be merged
plan: make a plan to recable rack 2 and propose each step
plan: check every record for missing serials and suggest how to get each
plan: compare the three NAS boxes and recommend which one to keep
plan: go over all addresses and work out which are wrong and fix them
plan: find what is oldest, see what could replace it from stock, and file the moves
research: search online for the weight of a Dell R720
research: what is the newest firmware of the CRS326?
research: find the manual for this KVM on the web
research: is the HP 1920 end of life? check their site
research: look up online how much RAM a T430 supports
research: what does a Mellanox ConnectX-3 go for on ebay?
explain: what is a hypervisor?
explain: explain how a cluster elects a leader
explain: what is the difference between NVMe and SATA?
explain: why is it called a rack unit?
explain: how do printers heat labels?
explain: write a regex for serial numbers
explain: without using the inventory, what is a spare part?
explain: what does it mean to retire a server?
explain: give me an example of a good label text
explain: how do search engines find manuals?
explain: what is the concept of an IP plan?
explain: should I learn Ansible or Terraform?
chitchat: that's all for today
chitchat: good evening
chitchat: who made you?
chitchat: I really like this rack
chitchat: no need to look, I found it myself
chitchat: my switch is so noisy it drives me mad
command: help
command: /find sg350
`),
} satisfies RoutingCase
