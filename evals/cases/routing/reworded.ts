import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'reworded',
  split: 'test',
  groups: routingTurns(
    `
lookup: is there a free port on the core switch?
lookup: has the core switch got a port left?
lookup: can I still plug something into the core switch?
lookup: tell me if any port of the core switch is unused

lookup: what is the serial number of HW-00077?
lookup: give me HW-00077's serial
lookup: HW-00077, which serial does it carry?
lookup: I need the serial that is on HW-00077

lookup: how much RAM does zeus have?
lookup: zeus has how many gigabytes of memory?
lookup: what amount of memory sits in zeus?
lookup: what is the RAM of zeus?

lookup: which disks are spare?
lookup: what disks do I have over?
lookup: show me disks that no machine uses
lookup: are there unused disks somewhere?

lookup: what is waiting to be written?
lookup: is anything still pending for NetBox?
lookup: has everything reached NetBox?
lookup: what does the queue hold right now?

lookup: do I own any Mikrotik gear?
lookup: is there something from Mikrotik in the lab?
lookup: what have I got by Mikrotik?
lookup: list Mikrotik devices of mine

lookup: what is in drawer 3?
lookup: what did I put into drawer 3?
lookup: tell me the contents of drawer 3
lookup: what would I find in drawer 3?

lookup: which address has the camera?
lookup: what's the IP of the camera?
lookup: under which address can the camera be reached?
lookup: the camera's address, please

lookup: which things have no location?
lookup: is there anything without a place?
lookup: what items still lack a location?
lookup: show what has not been given a location

action: retire HW-00055
action: HW-00055 is to be retired
action: take HW-00055 out of service
action: please mark HW-00055 as retired

action: rename HW-00014 to apollo
action: HW-00014 should be called apollo
action: the new name of HW-00014 is apollo
action: give HW-00014 the name apollo

action: record this switch, serial 88XY21
action: please take this switch in, its serial is 88XY21
action: new switch for the inventory, serial 88XY21
action: I want to add a switch with the serial 88XY21

action: connect port 5 of the switch to the printer
action: there is a cable from switch port 5 to the printer now, document it
action: put down that port 5 of the switch goes to the printer
action: cable the printer to port 5 of the switch

action: set the memory of atlas to 128 GB
action: atlas has 128 GB now, change that
action: correct the RAM of atlas, it is 128 GB
action: update atlas to 128 GB of memory

action: undo the last thing
action: please reverse what you did last
action: roll the last change back
action: take the last change back again

action: two labels of HW-00027 please
action: print HW-00027 twice
action: I want two copies of the label for HW-00027
action: make me a pair of labels for HW-00027

action: note on HW-00031 that the fan rattles
action: write down that the fan of HW-00031 rattles
action: add to HW-00031: fan rattles
action: put a remark on HW-00031 saying its fan rattles

research: what is the newest BIOS of the X11SSH?
research: look up which BIOS is current for the X11SSH
research: find the latest X11SSH BIOS on the web
research: does Supermicro offer a newer BIOS for the X11SSH? check online

research: how much power does an R820 draw according to the web?
research: search online for the power consumption of the R820
research: find the wattage of a Dell R820 on the internet
research: can you look up on the web what an R820 consumes?

research: what do people say about the RB5009?
research: find reviews of the RB5009
research: look for opinions on the RB5009 in forums
research: search for experiences with the RB5009

explain: what is a reverse proxy?
explain: explain reverse proxies
explain: how would you describe a reverse proxy?
explain: I never understood reverse proxies, tell me what they do

explain: why do servers have two power supplies?
explain: what is the reason for two power supplies in servers?
explain: what are two power supplies in one server good for?
explain: how come servers come with a pair of power supplies?

explain: how does an SSD store bits?
explain: tell me how bits are kept in an SSD
explain: what is the principle by which SSDs store data?
explain: explain to me the way an SSD remembers bits

explain: what is the difference between OM3 and OM4?
explain: how do OM3 and OM4 differ?
explain: OM3 versus OM4, what sets them apart?
explain: compare OM3 with OM4 fibre

explain: write a bash loop that pings ten hosts
explain: I need a bash snippet which pings ten hosts
explain: show me how to ping ten hosts in a bash loop
explain: can you write a small shell loop for pinging ten hosts?

plan: find the oldest machines and work out what to replace them with
plan: see which machines are oldest and what could take their place, then propose it
plan: go over the ages of all machines and suggest a replacement for each old one
plan: which machines are too old, and what do I replace each with? work it out

plan: plan how to move rack 2 into the basement, step by step
plan: make me a step by step plan for bringing rack 2 to the basement
plan: rack 2 has to go to the basement: plan the order and file the moves
plan: work out how rack 2 gets into the basement, one step after the other

plan: compare all my NAS boxes and tell me which to keep
plan: look at each NAS I own, weigh them against each other and say which stays
plan: which NAS should I keep? compare all of them first
plan: take all the NAS boxes, compare them, and recommend the one to keep

chitchat: thank you for your help
chitchat: thanks for helping me
chitchat: I appreciate your help
chitchat: you were a great help, thanks

chitchat: good morning to you
chitchat: morning!
chitchat: hello, good morning
chitchat: a very good morning
`,
    true,
  ),
} satisfies RoutingCase
