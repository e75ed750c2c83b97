import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'keyword traps',
  split: 'test',
  groups: routingTurns(`
explain: write me a script that adds a device
explain: what is the concept of a print queue?
explain: explain what it means when a cluster is down
explain: how do I search in vim?
explain: what is the web made of?
explain: write a poem about a label printer
explain: what is a record in a database?
explain: how does one plan a wedding?
explain: what does the command rack mean in billiards?
explain: in what way do search engines index datasheets?
explain: why is the inventory of a shop counted every year?
explain: how do I move a file in Linux?
explain: draft a short text that introduces NetBox to my colleagues
explain: how would a hospital label its cables?
explain: what is the etymology of the word server?
lookup: I already told you it has 64 GB, where is it?
lookup: what did the search for the UPS give last time, is it recorded?
lookup: what explains the free port in rack 1, was something removed?
lookup: is the machine that I use for web hosting up?
lookup: which of my machines runs the search engine?
lookup: do I own a book about networks?
lookup: where is the device that I added with the script?
action: it is called “search”, rename HW-00020 to that
action: record that the web server has a new disk
action: print the label that says “do not move”
action: put the box named plan-b into rack 3
action: the note should say: check online for updates
chitchat: I love printing labels
chitchat: this search of mine took all day, but it is done
chitchat: my plan for tonight is sleep
`),
} satisfies RoutingCase
