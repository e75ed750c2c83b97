import { action } from './examples/action.ts'
import { chitchat } from './examples/chitchat.ts'
import { explain } from './examples/explain.ts'
import { lookup } from './examples/lookup.ts'
import { plan } from './examples/plan.ts'
import { research } from './examples/research.ts'
import { type Example, openIntent, type ReadIntent, type Task, tasks } from './intent.ts'

const texts: Record<Task, { lines: string; frames: string }> = {
  ...{ lookup, action, plan, research, explain, chitchat },
}

/** Nouns that turn up in every task alike, so that none of them speaks for one. */
const things = [
  ...['switch', 'server', 'router', 'NAS', 'disk', 'printer', 'cable', 'UPS', 'camera', 'laptop', 'rack'],
  ...['access point', 'power supply', 'memory module', 'patch panel', 'firewall', 'fan', 'label', 'drawer'],
  ...['modem', 'monitor', 'network card', 'queue', 'port', 'address', 'serial number', 'battery', 'cluster'],
]
/** How often each frame is filled, always with other nouns. */
const fillings = 3

/** As people write. Those that a person adds stand beside them. */
export const shippedExamples: Example[] = []
let next = 0
for (const task of tasks) {
  for (const text of linesOf(texts[task].lines)) shippedExamples.push({ text, task })
  for (const frame of linesOf(texts[task].frames))
    for (let filled = 0; filled < fillings; filled++)
      shippedExamples.push({ text: frame.replace(/\*/g, () => things[next++ % things.length] ?? ''), task })
}

function linesOf(text: string): string[] {
  return text.trim().split('\n')
}

let shippedIntent: ReadIntent | null = null

/** By these examples alone; learnt once, for that takes tens of milliseconds. */
export function readShipped(): ReadIntent {
  shippedIntent ??= openIntent(shippedExamples)
  return shippedIntent
}
