import type { CallRow, ModelCallsTable } from '../store/model-calls.ts'

/** What leaves HWLab of a call. Money is USD in decimals, exact. */
const columns: Record<string, (row: CallRow) => string | number | null> = {
  id: (row) => row.id,
  at: (row) => new Date(row.atMs).toISOString(),
  day: (row) => row.day,
  query: (row) => row.queryId,
  conversation: (row) => row.conversationId,
  place: (row) => row.place,
  tier: (row) => row.tier,
  provider: (row) => row.modelKey.slice(0, row.modelKey.indexOf('/')),
  model_requested: (row) => row.modelRequested,
  model_used: (row) => row.modelUsed,
  generation_id: (row) => row.generationId,
  state: (row) => row.state,
  reserved_usd: (row) => decimalUsd(row.reservedPicoUsd),
  cost_usd: (row) => (row.costPicoUsd === null ? null : decimalUsd(row.costPicoUsd)),
  cost_source: (row) => row.costSource,
  input_usd_per_million: (row) => row.inputUsdPerMillion,
  output_usd_per_million: (row) => row.outputUsdPerMillion,
  image_usd: (row) => row.imageUsd,
  request_usd: (row) => row.requestUsd,
  input_tokens: (row) => row.inputTokens,
  output_tokens: (row) => row.outputTokens,
  cached_tokens: (row) => row.cachedTokens,
  reasoning_tokens: (row) => row.reasoningTokens,
  input_tokens_at_most: (row) => row.estimatedInputTokens,
  output_tokens_max: (row) => row.outputTokensMax,
  images: (row) => row.images,
  latency_ms: (row) => row.latencyMs,
  first_token_ms: (row) => row.firstTokenMs,
  outcome: (row) => row.outcome,
}

/** The whole ledger, oldest first. */
export function exportSpend(calls: ModelCallsTable, format: 'csv' | 'json'): string {
  const rows = [...calls.all()].map((row) =>
    Object.fromEntries(Object.entries(columns).map(([name, read]) => [name, read(row)])),
  )
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`
  const lines = [Object.keys(columns).join(','), ...rows.map((row) => Object.values(row).map(cell).join(','))]
  return `${lines.join('\r\n')}\r\n`
}

/** RFC 4180. Model names come from outside: none may begin a formula in a spreadsheet. */
function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const decimals = 12

/** 26_000_000_000 pico-USD are "0.026". */
function decimalUsd(pico: number): string {
  const digits = String(pico).padStart(decimals + 1, '0')
  const decimal = `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
  return decimal.replace(/\.?0+$/, '')
}
