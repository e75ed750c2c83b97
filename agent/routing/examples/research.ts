/** People's words: questions for the web. In a frame, every * stands for a thing. */
export const research = {
  lines: `
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
  frames: `
search the web for the *
search online for a manual of the *
find the data sheet of this * on the internet
look up online what this * can do
google this *
what does this * cost on the web?
what does the maker's site say about this *?
is there newer firmware for this *? check the maker's site
find a review of this * online
is this * still sold? look on the web
check online whether this * is loud
find the pinout of the * on the net
what is the price of such a * today?
`,
}
