import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'actions',
  split: 'test',
  groups: routingTurns(`
action: record a Lenovo M920q with serial PC0XYZ12
action: put HW-00023 on shelf 4
action: please print the label for the new NAS
action: set the serial of the switch to 12AB34
action: atlas has been sold, retire it
action: call HW-00006 backup-2 from now on
action: undo what you just proposed for HW-00030
action: make the printer print two more of those
action: the UPS now lives in the garage
action: write into the notes that port 8 is dead
action: this is a Netgear GS116, take it into the inventory
action: swap out the role, it is a storage box
action: change the status of HW-00041 to planned
action: cable eth0 of hermes to port 24
action: add a second power supply to the R730
action: give 192.168.1.30 to the camera
action: I sold the old laptop, remove it
action: that model is wrong, it is a DS918+
action: reprint the last label
action: mount the patch panel in unit 40 of rack 1
action: move the KVM next to the monitor
action: begin an intake, the label says ProLiant DL360 Gen9
action: file the spare NIC in drawer 2
action: set name=zeus on HW-00002
action: mark HW-00061 as broken
action: unplug the record of the cable between port 1 and 2
action: enter this router for me
action: update the location, it is upstairs now
action: discard that draft
action: label all three of them
`),
} satisfies RoutingCase
