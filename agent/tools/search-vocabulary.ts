/** Words that say nothing about anybody's house: how hardware is asked for. Numbers in words are left out on purpose. */
export const searchVocabulary: ReadonlySet<string> = new Set(
  `
a an and are as at be between by can do does for from has have how in is it its not of on or than that the their this to
vs versus what when where which who why with without
3com acer advantech allied aoc apc apple arista aruba asrock asus avocent avm axis belkin benq brocade brother broadcom
canon chenbro cisco compaq corsair crucial cyberpower dahua dell delta devolo dlink dymo eaton emulex epson ericsson
extreme fortinet foscam fritzbox fujitsu gigabyte google h3c hikvision hitachi hp hpe huawei ibm inspur intel juniper
kingston kyocera lanner lenovo level lexmark lg linksys logitech lsi marvell mellanox micron microsoft mikrotik minisforum
mitel moxa msi nec netgate netgear nokia nvidia omron opengear palo alto panasonic philips pfsense protectli qlogic qnap
qualcomm raritan raspberry realtek rittal ruckus samsung sandisk seagate sennheiser siemens silverstone sonicwall sony
sophos startech supermicro synology teltonika tenda thermaltake toshiba tplink tp link trendnet tripp lite ubiquiti unifi
vertiv watchguard western digital xerox xiaomi yealink zebra zotac zte zyxel
access accessory adapter airflow alternative amazon antenna aggregation amp appliance bandwidth battery bay bench bios
board boot bracket browser button cable capacity card case category chassis chip chipset cli clone clock colour color
command compatibility compatible config configuration connector console consumption controller cooling core cores cpu
current data datasheet date default depth desktop device dimension dimensions disk display documentation download drive
driver drivers duplex edition eeprom efficiency eol eos error ethernet expansion extension factory failure fan fans fault
fiber fibre firewall firmware fix form factor forum forwarding frequency front full fuse gateway generation gigabit gpu
guide hard hardware hba header heatsink height hot hotplug hub idle industrial input installation interface interfaces
internal ios jumper kit label laptop lan latency launch layer led length life light list load log mac machine maintenance
management manager manual max maximum mbps gbps memory micro mini model modem module modules monitor motherboard mount
multimode network nic node noise notes number nvme optical output package page panel part passive password pci pcie pdf
pdu performance phone photo pin pinout pins platform plug plugin poe poe+ poe++ pole port ports power price printer
processor product psu quick rack raid rail rails ram range rate reader rear recovery reference release reliability remote
repair replace replacement reset review revision router routing running sas sata scanner screen security sensor serial
series server service setup sfp sfp28 qsfp qsfp28 rj45 rs232 rs485 shelf shop silent single singlemode size sku slot slots
smart socket software sound spare spec specification specifications specs speed ssd stack stacking standard standby
start status storage supplier supply support supported switch switches switching system tablet technical temperature
terminal test throughput tool toner tower transceiver transfer troubleshooting type uart udp unit unmanaged update upgrade
uplink ups usage usb usb2 usb3 used user vendor version video virtual vlan volt voltage volume wall warranty watt watts
weight width wifi wiki wireless ddr2 ddr3 ddr4 ddr5 sodimm udimm rdimm ecc
`
    .trim()
    .split(/\s+/),
)
