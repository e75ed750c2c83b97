import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'explanations',
  split: 'test',
  groups: routingTurns(`
explain: tell me about the idea of high availability
explain: what is a subnet?
explain: explain the difference between TCP and UDP
explain: how does PoE negotiation work?
explain: what are jumbo frames good for?
explain: why do people use NetBox at all?
explain: what is a hot spare?
explain: how is a MAC address structured?
explain: what is the point of a KVM switch?
explain: explain iSCSI in two sentences
explain: when would one use a managed switch?
explain: what is thermal throttling?
explain: how do I reset a forgotten BIOS password in general?
explain: write me an ansible task that installs nginx
explain: give me a python script that pings hosts
explain: how do load balancers work?
explain: what is Kubernetes?
explain: what does redundancy mean?
explain: which is better in principle, RAID 10 or RAID 6?
explain: how long do SSDs usually live?
explain: what is the capital of Portugal?
explain: how do you make sourdough bread?
explain: who wrote Moby Dick?
explain: convert 5 rack units to centimetres
explain: what is 2 to the power of 20?
explain: how do vaccines work?
explain: explain photosynthesis
explain: translate “the cable is loose” into French
explain: what is a good password length?
explain: what is the plot of Hamlet?
`),
} satisfies RoutingCase
