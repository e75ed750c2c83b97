/** People's words: questions that need nothing of the lab. In a frame, every * stands for a thing. */
export const explain = {
  lines: `
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
  frames: `
what is a *?
what is a * for?
what is the purpose of a *?
what is the difference between a * and a *?
what does a * do?
what does it mean when a * is managed?
what makes a good *?
what are the kinds of *?
why does a * fail?
why would anybody need a *?
why is a * so expensive?
how does a * work?
how is a * made?
how do I choose a *?
how do people clean a *?
how would one test a *?
how long does a * live?
when does one need a *?
who invented the *?
explain what a * is
explain how a * works
explain the word *
describe a *
tell me about *s in general
tell me how a * works
is a * dangerous?
should one repair a *?
can a * catch fire?
write a poem about a *
write a script that counts *s
write me an e-mail about a *
translate “*” into Italian
give me three tips about *s
in theory, what does a * need?
what is the history of the *?
which is better in general, a * or a *?
`,
}
