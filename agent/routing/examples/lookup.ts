/** People's words: questions about the lab. In a frame, every * stands for a thing. */
export const lookup = {
  lines: `
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
which of my cables failed its test?
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
  frames: `
is the * up?
is my * still there?
is there a * that nobody uses?
is there another * in the cellar?
are all of my *s labelled?
do I have a second *?
do we own more than one *?
does the * have a free slot?
does our * have a spare?
has the * been recorded?
have I got a * left?
how many *s are on record?
how big is the * in the cellar?
what is the name of the *?
what is the state of my *?
what is on the *?
what is connected to the *?
what did I write about the *?
what kind of * is HW-00101?
which * is the oldest?
which * belongs to HW-00102?
which of my *s is free?
where is the *?
where did I leave the *?
when did we get the *?
who has the * now?
whose * is that?
show me my *s
list every * in the cellar
tell me which * I have
tell me where the * is
I need to know how many *s we have
find my *
look up the * for me
any * left?
can I still use the *?
can you see the *?
`,
}
