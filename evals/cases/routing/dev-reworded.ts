import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'for tuning, reworded',
  split: 'dev',
  groups: routingTurns(
    `
lookup: is there room in rack 6?
lookup: has rack 6 got space left?
lookup: would another box fit into rack 6?
lookup: tell me if rack 6 is full

lookup: which tag has the projector?
lookup: what's the tag of the projector?
lookup: the projector, what tag is it?
lookup: I want to know the projector's tag

lookup: how many monitors do we have?
lookup: what is our count of monitors?
lookup: we own how many monitors?
lookup: tell me the number of monitors around

lookup: is the gateway up?
lookup: does the gateway run?
lookup: has the gateway gone down?
lookup: can you see whether the gateway is alive?

lookup: what hangs in the garage?
lookup: name the hardware of the garage
lookup: what is kept in the garage?
lookup: anything of ours in the garage?

lookup: what did we record on Monday?
lookup: which things came in on Monday?
lookup: show Monday's new records
lookup: on Monday, what did I add?

action: move the modem to the hallway
action: the modem is in the hallway now, change it
action: please let the modem be in the hallway
action: the modem's new place is the hallway

action: delete the second draft
action: throw the second draft away
action: I do not want the second draft any more, remove it
action: please get rid of draft two

action: set HW-00092 to offline
action: HW-00092 shall be offline
action: make the status of HW-00092 offline
action: HW-00092 is offline from today, write that

action: make a label for the projector
action: the projector needs a sticker
action: could you print the projector a label?
action: one label, projector

action: enter a new UPS, model BX1400
action: we have a new UPS, a BX1400, put it in
action: take a BX1400 UPS into the inventory
action: add the UPS BX1400

research: what does a PowerEdge T440 weigh? search online
research: find the weight of the T440 on Dell's site
research: look on the web how heavy the T440 is
research: google the T440's weight

research: find a user guide for the KVM online
research: is there a manual for the KVM on the internet?
research: get the KVM's manual off the web
research: search the net for the KVM's handbook

explain: what is a VPN good for?
explain: what use is a VPN?
explain: tell me why one has a VPN
explain: explain what a VPN gives me

explain: how does Wake-on-LAN work?
explain: what is behind Wake-on-LAN?
explain: I wonder how Wake-on-LAN does it
explain: describe the way Wake-on-LAN functions

explain: what is the difference between UDP and TCP?
explain: in what do UDP and TCP differ?
explain: UDP or TCP, what is the distinction?
explain: distinguish UDP from TCP for me

explain: write me a regex for IPv4
explain: I need a regular expression that matches IPv4
explain: can you give me an IPv4 regex?
explain: how would a regex for IPv4 look?

plan: propose a better naming for all hosts
plan: go through all hosts and suggest better names
plan: all our hosts have bad names: think of a scheme and propose each rename
plan: invent a scheme of names and work out the new name of every host

plan: find what we could sell and draft a list with reasons
plan: look over everything and say which things we could sell and why
plan: what of all this could be sold? go through it and give me reasons
plan: make a list of what to sell, weighing age and use of each

chitchat: thanks a bunch
chitchat: many thanks
chitchat: that was kind of you
chitchat: cheers, you are a star

chitchat: see you later
chitchat: until next time
chitchat: I am off, bye
`,
    true,
  ),
} satisfies RoutingCase
