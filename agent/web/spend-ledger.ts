import type { Spend } from '../spend/open-spend.ts'
import { contentRules } from './pages.ts'

/** Every call that models were asked, as a file to keep. */
export function spendLedger(spend: Pick<Spend, 'exported'>, format: 'csv' | 'json'): Response {
  const headers = {
    'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
    'content-disposition': `attachment; filename="hwlab-spending.${format}"`,
    'cache-control': 'no-store',
    ...contentRules,
  }
  return new Response(spend.exported(format), { headers })
}
