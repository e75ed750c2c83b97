import { framedExamples } from './example-frames.ts'
import { type Task, tasks } from './intent.ts'

/** One line each, as people write. Those that a person adds stand beside them. */
const lines: Record<Task, string> = {
  lookup: `
are any machines down?
do I have a spare power supply?
what is in rack 2?
where is HW-00012?
which switch has free ports?
how many Raspberry Pis do I own?
show me everything from Dell
what's the serial number of the NAS?
is the label printer ready?
what is waiting for NetBox?
which server has the most memory?
when was HW-00007 recorded?
what's plugged in right now?
did the last label come out?
who made the access point in the hallway?
list my unused disks
do we still have a 10G transceiver somewhere?
what IP does the backup server have?
what is on the top shelf in the basement?
is there anything without a serial number?
find the old ThinkCentre
which things are still drafts?
what did I add yesterday?
how much RAM is in the host called atlas?
what's connected to port 12 of the core switch?
tell me about the machine in slot 3
any addresses left in the server network?
is HW-00031 recorded already?
what was the MAC of the firewall?
have we got cat6 patch cables?
which printer is connected?
what do you know about the box with tag HW-00020?
look up the UPS in the inventory
what kind of disk is inside the media server?
I forgot where I put the KVM, can you check?
is the queue empty?
what needs research?
show the record of the router
check whether the PDU is in NetBox
my lab: what is retired?
which of my hosts are offline?
what hardware is mine in the garage?
can you see the multimeter on the bench?
don't guess, look in the inventory how many SSDs there are
can you tell me which slot the card is in?
who is the vendor of the thing on my desk?
the wifi antenna, where is that?
tell me how many fans I have left
does our monitor have a stand?
is the console server alive?
does the file server run right now?
anything of mine with a dead battery?
what do we keep behind the door?
name everything that belongs to the lab bench
what is our number of keyboards?
whose laptop is HW-00065?
I would like to know the size of the disk in the recorder
I need to know the address of the gateway
give me the record of HW-00072
show me what came in last week
the blue cable, where does it go?
was the tablet ever entered?
has anything been printed since noon?
which one of the two is newer according to the records?
do we know the warranty of the projector?
how full is the cabinet?
would a 3U chassis still go into the cabinet?
in which drawer are the screws?
have the cameras got labels?
can you check if the modem is recorded?
what is the tag of the loudspeaker?
are all cables of the panel documented?
how much is left on the label roll?
what is the status of the last change?
could you find out where our spare tablet lies?
`,
  action: `
print a label for HW-00003
record this new switch
move HW-00010 to rack 1
change the serial of HW-00002 to AB12
retire the old NAS
rename HW-00005 to core-switch
undo the last change
file this under storage
put the firewall into unit 12
add a note to the server record
label it please
set the status of atlas to offline
connect port 3 of the switch to the NAS
start an intake for this thing
just save it, don't search the web
mark the broken disk as failed
print that again
please register a Netgear GS308 with serial 5X2
take back what I changed on HW-00009
assign 192.168.1.20 to the printer
correct the model, it is an R630
create a record for the new UPS
move all of that to the basement
I moved the NAS to the attic, please update it
swap the disks of HW-00011 and HW-00012
it has 64 GB now, write that down
cable the uplink to the patch panel
give this one the role firewall
delete the draft
the serial is wrong, it should be 7KQ2
put a tag on the access point
document the cable between router and switch
don't look it up online, just file it
enter the monitor into the inventory
book the spare disk out
two labels for HW-00044 on the Brother
fix the location of the router
set HW-00015 name=media
approve nothing yet, only propose the move
store this as a Raspberry Pi 4
HW-00081 is in the kitchen now
the modem's role is access from now on
the loudspeaker needs a label
the tablet is broken, note that
we got a new keyboard, put it in
I have a new scanner here, model LiDE 300
HW-00082 shall be active
let HW-00083 be active again
make its name orion-2
get rid of this draft
throw that record out
add the tablet
this belongs to Anna now
its serial is 99QRT, change it
write the purchase date 2024-05-01 into it
HW-00084 went to the repair shop, record that
the cable from port 2 ends at the recorder now
plug the recorder into port 9 and document that
no search, simply save it
remove the address from HW-00085
please move the loudspeaker to the kitchen
bring HW-00086 to the office in the records
set it back to what it was
stick a label on the recorder
the disk in bay 1 was replaced, update that
would you rename the tablet to slate?
count this as one more spare keyboard
`,
  plan: `
check the whole inventory and tell me what is inconsistent
plan which machines should go into the new rack and in what order
compare all my servers and suggest which one to retire
go through every record without a location and propose one
design a cable plan for rack 1 and file it
work out how to move everything from the attic to the basement
find all machines with less than 8 GB, then see which spare memory fits, and propose the swaps
review my IP plan and clean it up step by step
which three devices should I replace first, considering age, power and memory?
look at each switch, count the free ports and suggest how to rebalance the uplinks
analyse my lab and tell me the single points of failure
make an inventory report: totals by role, what is missing, what to do next
figure out where a 4U server could fit once I remove the old ones, and what has to be recabled
for every draft, tell me what is still missing and do what you can
estimate the power draw per rack from the records and say which UPS is too small
consolidate these five small hosts onto two: which and why?
migrate the naming of all devices to the new convention
go over everything that changed this week and explain what belongs together
audit the cabling between rack 1 and rack 2 and list every mismatch
take the list of parts and work out which complete machines I could build
propose a new address plan for the whole lab and check it against what exists
sort all shelves: what should be where, and then file the moves
prepare the lab for the move: packing list, order, labels for each box
reconcile NetBox with what is plugged in and propose corrections for all of it
first list the disks, then match them with the servers they fit, and last propose moves
check all serials against the photos and report everything that does not agree
think of a scheme for our host names and work out every rename
weigh all the laptops against each other and recommend the one to sell
look over everything in the kitchen and say what to throw away and why
make a plan for emptying the cabinet, box by box
the kitchen has to be cleared: what goes where, in what order, with which labels?
which of all our machines can be switched off? go through them and give reasons
for every cable without a label, find its ends and propose a label
put everything that is double into a list and suggest what to merge
see what each laptop lacks, then match it with the spare parts and propose the changes
go through the warranty dates and tell me what to replace this year, and with what
check all addresses against all hosts and correct what does not fit, one by one
suggest a better order for all drawers and file the moves
take stock of the whole lab and write up what should happen next
`,
  research: `
search the web for the power draw of a Dell R730
look online for the firmware of my Netgear GS108
what does the manufacturer say about the maximum memory of the NUC8i5?
google the datasheet of the X520-DA2
find out on the internet whether the Cisco SG350 is still supported
what's the latest firmware for the UniFi AP?
search for a manual of the APC Smart-UPS 1500
is there a recall for this power supply? check online
how loud is the HP MicroServer Gen8 according to reviews?
look up the specs of an Intel N100 mini PC
what does a used R740 cost at the moment?
which transceivers are compatible with the MikroTik CRS305, see their site
when does support for ESXi 7 end? search it
find the end of life date of the Catalyst 2960
are there known issues with the WD Red SMR disks? search the web
what is the current price of 32 GB DDR4 ECC?
read the vendor page and tell me the rack depth of the R320
how many watts does the GS724T take? find the datasheet
find reviews of the Brother QL-820NWB
get the pinout of the console port of a Juniper EX2200 from the web
which CPU is the fastest for socket LGA1150, look it up online
is a newer BIOS out for the Supermicro X10SLM?
do a web search for quiet 40 mm fans
what do people on forums say about this HBA?
fetch the spec sheet for the Synology DS920+
what does a used projector like this go for on ebay?
look on the web how heavy the projector is
get the handbook of the scanner off the internet
what is the newest driver for this scanner? see the vendor's page
look up online how much memory that board supports
how many lumens has this projector according to its data sheet?
is there a known fault with this model? google it
find a shop on the web that still sells the lamp
download the user guide from the vendor's site
has the vendor stopped selling it? check the web
does the internet say what plug it needs?
`,
  explain: `
tell me about the concept of cluster computing
what is a VLAN?
explain RAID 5 and RAID 6
how does DHCP work?
what's the difference between a switch and a router?
why would anybody use ECC memory?
what does U mean in rack units?
how do I crimp a cat6 plug?
what is a subnet mask?
explain IPMI to me like I am five
is ZFS better than btrfs in general?
what does a patch panel do?
write me a script that adds a device to NetBox
how do I set up a VPN?
what is an example of a naming convention for servers?
what are the stages of booting a server?
what is the idea behind inventory management?
why do disks fail?
how does a label printer work?
what is a printer queue?
give me a bash one-liner that lists disks
what does TIA-568 say about colours?
can you explain what a serial number is for?
is it safe to stack servers without rails?
what's the meaning of “machine down” in monitoring?
describe how search engines rank pages
what would a typical homelab look like?
without looking anything up: what is PoE?
how much power does an idle server usually take?
pros and cons of blade servers
how can I learn networking?
what is the history of Ethernet?
what makes 10 gigabit so hot?
should a beginner use Proxmox or Docker?
translate “spare disk” into German
how does one move a server safely?
what does it mean when a change is pending?
write a python function that parses a MAC address
what is a good way to label cables?
how do airlines track baggage?
explain what you do with photos
who invented the transistor?
in what way do a hub and a bridge differ?
hub or bridge, what is the distinction?
tell me why one uses a firewall at all
what use is a proxy?
what is behind the word firmware?
I wonder how a fan controller does its work
describe how a hard disk finds a sector
the difference between latency and throughput?
can you give me a regex for host names?
how would a config for nginx look?
is it normal in general that disks get warm?
when is a UPS worth it?
what would happen if two hosts had one address?
why does everyone hate DNS?
write a short note that explains backups to my family
how far is the moon?
what does the abbreviation NVRAM stand for?
put “good cable” into Spanish
how many bytes are in a megabyte?
`,
  chitchat: `
hello
hi there
good morning
thanks, that helped
thank you
how are you?
ok great
never mind
lol
who are you?
what can you do?
nice work
bye
see you tomorrow
yes
no
sounds good
that was wrong
you are funny
tell me a joke
I am tired of cables
my rack looks beautiful now
sorry, wrong window
I was just testing
are you an AI?
happy new year
good night
what a day
I love this hobby
cool
please stop
that printer is a beast
forget it, no need to search
don't do anything, I am only thinking aloud
I already found it, no need to look
hey
haha
thanks a lot
many thanks to you
you are very kind
that is all
that's it for now
until then
bye for now
I am off to bed
what a mess my desk is
this fan is so loud
my lab is getting too big
I really like it here
well done, you found it
wow
no thanks
all good
you are a clever one
I had a long day in the server room
ha, my cat sleeps on the switch
it is late
I was only joking, print nothing
cheers
`,
}

export const shippedExamples: { text: string; task: Task }[] = [...framedExamples]
for (const task of tasks)
  for (const text of lines[task].trim().split('\n')) shippedExamples.push({ text, task })
