/** People's words: things to be done. In a frame, every * stands for a thing. */
export const action = {
  lines: `
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
  frames: `
add a *
add this * with serial 4KX9
record the *
record that the * is broken
register a new *
here is a new *, save it
this is a *, put it on record
move the * to the cellar
the * is in the cellar now
the * moved to rack 9
put the * into the cellar
rename the * to gaia
call the * gaia
change the name of the *
change the role of the * to backup
set the status of the * to spare
make the * a spare
mark the * as sold
the * is broken, write that down
the * was sold, take it out
retire the *
delete the *
remove the * from the rack
connect the * to port 9
unplug the * in the records
print a label for the *
print the * label again
give the * a label
note that the * is loud
add a note to the *
correct the serial of the *
the * has another serial, fix it
assign an address to the *
undo the change to the *
file the * as spare
update the * record
replace the * in the record
`,
}
