import { measureRouting } from '../worlds/measure-routing.ts'

/** Turns that were written before anything was measured on them; nothing is ever tuned for them. */
export default measureRouting('routing-held-out', 'held-out')
