import { type Task, tasks } from './intent.ts'

/** Nouns that turn up in every task alike, so that none of them speaks for one. */
const things = [
  ...['switch', 'server', 'router', 'NAS', 'disk', 'printer', 'cable', 'UPS', 'camera', 'laptop', 'rack'],
  ...['access point', 'power supply', 'memory module', 'patch panel', 'firewall', 'fan', 'label', 'drawer'],
  ...['modem', 'monitor', 'network card', 'queue', 'port', 'address', 'serial number', 'battery', 'cluster'],
]
/** How often each frame is filled, always with other nouns. */
const fillings = 3

const frames: Record<Task, string> = {
  lookup: `
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
  action: `
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
  plan: `
go through every * and say what is wrong with it
check each * and propose what to change
compare all *s and recommend one
look at every * I own, then suggest which to replace and why
find every * without a location and propose one for each
work out which * should go where, and in what order
plan how to replace every *, step by step
make a plan for the *s and file each step
list what is wrong with the *s and propose a correction for each
for each *, say what is missing and what to do about it
see which * is weakest, find a better one in stock, and propose the swap
review all *s and put them in order of age, with a recommendation
design a new layout for the *s and propose all changes
sort all *s by power and suggest which to switch off
match every * with the machine that it fits and propose the moves
`,
  research: `
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
  explain: `
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
  chitchat: `
I love my *
my * is so loud
this * is driving me crazy
what a beautiful *
nice *
I am tired of this *
thanks for the *
that * was expensive, never mind
I only looked at the *, it is fine
no need to touch the *
haha, the *
`,
}

/** The frames filled. */
export const framedExamples: { text: string; task: Task }[] = []
let next = 0
for (const task of tasks)
  for (const frame of frames[task].trim().split('\n'))
    for (let filled = 0; filled < fillings; filled++)
      framedExamples.push({
        task,
        text: frame.replace(/\*/g, () => things[next++ % things.length] ?? ''),
      })
