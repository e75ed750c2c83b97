import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'commands',
  split: 'test',
  groups: routingTurns(`
command: queue
command: printers
command: /find rack
command: HW-00012
command: /print HW-00003
command: connections
command: /search fan
command: help
command: devices
command: who is on the console?
command: read the meter
command: did the last cable pass?
command: cable tests of HW-00012
command: /place HW-00003
`),
} satisfies RoutingCase
