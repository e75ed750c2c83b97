import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'held out',
  split: 'held-out',
  groups: routingTurns(`
lookup: did we ever buy a second QSFP breakout cable?
lookup: what became of the thin client from the reception?
lookup: does rack 5 still have room for a 2U box?
lookup: who put HW-00071 where it is now?
lookup: which hosts hang on the same UPS as apollo?
lookup: I can't remember the hostname of the little ARM board, what was it?
lookup: how old is the tape library?
lookup: is a box called nyx in the inventory?
lookup: what is the tag on the crash cart?
lookup: anything from Juniper lying about?
lookup: how many of the cameras have no address yet?
lookup: what did you write to NetBox this morning?
lookup: is the scanner plugged in?
lookup: what hardware do I have that nobody uses?
lookup: read me the notes of HW-00033
lookup: which VLAN is port 17 of the access switch in?
lookup: who wired the attic switch to the core?
lookup: quick question, is the DYMO out of tape?
action: ship HW-00080 back to the vendor and mark it so
action: the NIC came out of orion, put it down as spare
action: I'd like this Optiplex in the books
action: our crash cart has a new home, the server room
action: let the printer do one more of HW-00022
action: hermes is called iris now
action: type in the serial for me: FOC1932X0PZ
action: reserve 10.10.0.9 for the camera
action: run a patch lead from panel 3 to switch port 14, on record
action: no more disk in bay 2 of the NAS, take it off
action: scrap the tape drive
action: please undo that rename
action: sticker for HW-00090
action: tag these two as one pair
action: nothing fancy, save it as an unmanaged switch
plan: think through how I can empty rack 1 over a weekend, host by host, and write the requests
plan: take every host without a role and decide which role it should have, then propose them
plan: see which of the switches are oldest, what could take their place, and in what order to do it
plan: draw up a power budget from what is on record and point out the worst rack
plan: untangle the addresses of the guest network and suggest a new numbering with all the changes
plan: we are getting three new servers: where do they go, what must move, what cables are needed?
plan: go shelf by shelf and tell me what could be thrown away and why
plan: put together a maintenance round for all UPS batteries from the purchase dates
plan: match every loose PSU with a machine that takes it and list what is left over
plan: which records look like the same machine twice? merge them one by one
research: what do other people pay for a C9300-24T these days?
research: dig up the installation guide of the Raritan PX3 on the net
research: is FreeNAS still a thing on the HP N54L? see what forums say
research: check Lenovo's site for the newest BIOS of the M710q
research: which drives are on Synology's compatibility list for the DS423?
research: what's the noise level of an Arista 7050 by its data sheet?
research: find somebody on the web who sells ears for a Cisco 3750
research: has Ubiquiti announced the end of the USG?
research: look for a wiring diagram of the PDU online, would you
research: find news about the i226 bug
explain: what would I gain from a second uplink?
explain: what is spanning tree protecting me from?
explain: in a nutshell, what is Ceph?
explain: how does one calculate the runtime of a battery?
explain: is it a bad idea to put a rack in a cellar?
explain: what are the pros of labels on both ends of a cable?
explain: write a short e-mail that says the lab is down on Friday
explain: what happens in a switch when a frame arrives?
explain: compare copper and fibre for somebody new to it
explain: which came first, Unix or Multics?
explain: what is a sensible retention for backups?
explain: give me a cron line for every second Tuesday
explain: why are power supplies rated in watts and UPSes in VA?
explain: how does a barcode encode digits?
chitchat: right, coffee first
chitchat: you just saved me an hour
chitchat: ugh, Mondays
chitchat: not bad for a machine
chitchat: we are done here
chitchat: I was only thinking out loud about the rack
chitchat: greetings from the basement
chitchat: hm
command: /find poweredge
command: HW-00044
command: queue
`),
} satisfies RoutingCase
