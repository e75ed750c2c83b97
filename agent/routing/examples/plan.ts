/** People's words: work in many steps. In a frame, every * stands for a thing. */
export const plan = {
  lines: `
check the whole inventory and tell me what is inconsistent
plan which machines should go into the new rack and in what order
compare all my servers and suggest which one to retire
go through every record without a location and propose one
design a cable plan for rack 1 and file it
work out how to move everything from the attic to the basement
find all machines with less than 8 GB, then see which spare memory fits, and propose the swaps
review my IP plan and clean it up step by step
which three devices should I replace first, considering age, power and memory?
look at each switch, count the free ports and suggest how to rebalance the uplinks
analyse my lab and tell me the single points of failure
make an inventory report: totals by role, what is missing, what to do next
figure out where a 4U server could fit once I remove the old ones, and what has to be recabled
for every draft, tell me what is still missing and do what you can
estimate the power draw per rack from the records and say which UPS is too small
consolidate these five small hosts onto two: which and why?
migrate the naming of all devices to the new convention
go over everything that changed this week and explain what belongs together
audit the cabling between rack 1 and rack 2 and list every mismatch
take the list of parts and work out which complete machines I could build
propose a new address plan for the whole lab and check it against what exists
sort all shelves: what should be where, and then file the moves
prepare the lab for the move: packing list, order, labels for each box
reconcile NetBox with what is plugged in and propose corrections for all of it
first list the disks, then match them with the servers they fit, and last propose moves
check all serials against the photos and report everything that does not agree
think of a scheme for our host names and work out every rename
weigh all the laptops against each other and recommend the one to sell
look over everything in the kitchen and say what to throw away and why
make a plan for emptying the cabinet, box by box
the kitchen has to be cleared: what goes where, in what order, with which labels?
which of all our machines can be switched off? go through them and give reasons
for every cable without a label, find its ends and propose a label
put everything that is double into a list and suggest what to merge
see what each laptop lacks, then match it with the spare parts and propose the changes
go through the warranty dates and tell me what to replace this year, and with what
check all addresses against all hosts and correct what does not fit, one by one
suggest a better order for all drawers and file the moves
take stock of the whole lab and write up what should happen next
`,
  frames: `
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
}
