import type { OperatorDesk } from '../operator-desk.ts'
import { contentRules } from './pages.ts'

/** The whole report about what differs from NetBox, as a file to keep. */
export function driftReport(desk: Pick<OperatorDesk, 'driftReport'>, format: 'csv' | 'md'): Response {
  const headers = {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'text/markdown; charset=utf-8',
    'content-disposition': `attachment; filename="netbox-changes.${format}"`,
    'cache-control': 'no-store',
    ...contentRules,
  }
  return new Response(desk.driftReport(format), { headers })
}
