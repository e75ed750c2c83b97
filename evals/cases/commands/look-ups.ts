import { typedTrials } from '../../worlds/command-trial.ts'

export default typedTrials('look-ups', [
  ['find nas', /HW-00102/, /2210SBRW7TN4X/, /HW-00108/],
  ['/find HW-00104', /old-router/],
  ['FIND core-switch', /HW-00101/],
  ['  find   garage-ap  ', /HW-00105/],
  ['find JW0218420011', /core-switch/],
  ['find nothing-like-this', /Nothing like it/],
  ['place HW-00102', /Spares/],
  ['ip-plan', /0 prefixes/],
  ['queue', /Everything is saved/],
  ['printers', /Simulated printer/, /standard/],
  ['jobs', /No label was printed yet/],
  ['devices', /Nothing is plugged in/],
  ['what is plugged in?', /Nothing is plugged in/],
  ['who is on the console', /No such serial port is plugged in/],
  ['read the meter', /No such meter is plugged in/],
  ['did the last cable pass?', /No cable test was found/],
  ['search EX2300 ports', /No engine knows/],
  ['connections', /own inventory/, /SearXNG/, /None connected/],
  ['help', /find <text>/, /undo HW-00001/],
  ['use auto', /HWLab chooses/],
])
