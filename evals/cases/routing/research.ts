import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'research',
  split: 'test',
  groups: routingTurns(`
research: search the internet for the depth of a Supermicro 825 chassis
research: look online whether the R610 takes 16 GB modules
research: which firmware is current for the EdgeRouter X?
research: find the datasheet of the Aruba 2530
research: is the Catalyst 3560 still getting updates? please google
research: what do reviews say about the Noctua NF-A4x20?
research: how much is a used DL380 Gen10 right now?
research: get me the manual of the Eaton 5P from the web
research: find out online what the idle power of an N305 is
research: which memory does the vendor list for the X11SSM?
research: check the internet for known problems with the i225-V
research: is there newer firmware for the QNAP TS-453?
research: web search: rails for a Dell R210
research: when did Intel launch the E5-2680 v4? look it up online
research: what is the maximum wattage of the Seasonic Focus 550 according to its datasheet?
research: look for the console cable pinout of an Aruba switch online
research: which SFP modules work in a ConnectX-4, search forums
research: find the end of sale notice for the WS-C2960
research: search for a quiet replacement fan for the GS724
research: see what the manufacturer's site says about the warranty of the RS1221+
`),
} satisfies RoutingCase
