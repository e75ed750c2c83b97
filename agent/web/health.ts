import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { TableSize } from '../memory/read-table-sizes.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import type { Readiness } from './app.ts'

/** `/metrics` in the Prometheus text format: the process, its loop delay, and what waits. */
export function openMetrics(
  desk: Pick<OperatorDesk, 'queue' | 'openChanges'>,
  sockets: () => number,
  tableSizes: () => readonly TableSize[],
  salvagedCalls: () => number,
) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'hwlab_' })
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  gauge('hwlab_queue_operations', 'Operations that are not confirmed yet', () => {
    const { operations, standing } = desk.queue()
    return standing.hidden + operations.filter(({ tone }) => tone !== 'good' && tone !== 'muted').length
  })
  gauge('hwlab_open_changes', 'Change requests that wait for a person', () => desk.openChanges().length)
  gauge('hwlab_salvaged_calls', 'Tool calls that came broken from a model and were repaired', salvagedCalls)
  gauge('hwlab_sockets', 'Connected browsers', sockets)
  new Gauge({
    name: 'hwlab_table_bytes',
    help: 'Room that a table takes with its indexes, as of the last look (every hour)',
    labelNames: ['table'],
    registers: [registry],
    collect() {
      this.reset()
      for (const { table, bytes } of tableSizes()) this.set({ table }, bytes)
    },
  })
  return {
    async answer(): Promise<Response> {
      const text = await registry.metrics()
      return new Response(text, { headers: { 'content-type': registry.contentType } })
    },
    close: () => registry.clear(),
  }
}

/** `/readyz`: 503 while something without which nothing works is missing. */
export function readinessAnswer(readiness: Readiness): Response {
  const isReady = readiness.kind === 'ready'
  return Response.json(readiness, { status: isReady ? 200 : 503 })
}
