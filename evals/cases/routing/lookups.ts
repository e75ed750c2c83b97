import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'look-ups',
  split: 'test',
  groups: routingTurns(`
lookup: are there machines that do not respond?
lookup: have I still got a spare SATA cable?
lookup: what sits in rack 4, unit 10?
lookup: in which room is the laser printer?
lookup: how many NUCs are there?
lookup: what is the asset tag of the firewall?
lookup: do any of my servers have more than 128 GB?
lookup: which things came from Supermicro?
lookup: what's the state of the label printer?
lookup: was the last record saved?
lookup: is something stuck in the queue?
lookup: what hangs off the patch panel, port 7?
lookup: when did I put the R620 in?
lookup: show all access points
lookup: list everything that is in the attic
lookup: is 10.0.4.17 taken?
lookup: how many free addresses are left in 192.168.30.0/24?
lookup: what's the model of the thing in unit 3?
lookup: what do we have that can do 10 gigabit?
lookup: which box is called hermes?
lookup: tell me everything about HW-00052
lookup: did anybody record the second UPS?
lookup: is there a photo of the old router?
lookup: what are the drafts waiting for?
lookup: which disks are not in use?
lookup: where is my crimping tool?
lookup: what is plugged into the USB hub?
lookup: what serial does the backup NAS have?
lookup: any Thunderbolt docks around?
lookup: how much memory is installed in zeus?
lookup: which cables run between the two racks?
lookup: what labels were printed today?
lookup: is the Brother printer online?
lookup: is my multimeter connected?
lookup: what is still missing on the Fritzbox record?
`),
} satisfies RoutingCase
