import { measureRouting } from '../worlds/measure-routing.ts'

/** The turns that the router is judged by; how they came about is told in docs/routing.md. */
export default measureRouting('routing', 'test')
