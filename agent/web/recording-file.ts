import type { OperatorDesk } from '../operator-desk.ts'
import { contentRules, plainPage } from './pages.ts'

/**
 * `<id>.csv`: every sample of a recording; `<id>.txt`: what its meter sent. Sent part by part, because hours of it are many
 * megabytes.
 */
export function recordingFile(
  desk: Pick<OperatorDesk, 'recordingCsv' | 'recordingReports'>,
  file: string,
): Response {
  const id = file.slice(0, -4)
  const isCsv = file.endsWith('.csv')
  const parts = isCsv ? desk.recordingCsv(id) : desk.recordingReports(id)
  if (!parts) return plainPage(404, 'This recording is not there any more.')
  const headers = {
    'content-type': `text/${isCsv ? 'csv' : 'plain'}; charset=utf-8`,
    'content-disposition': `attachment; filename="${isCsv ? 'power' : 'raw-reports'}-${file}"`,
    'cache-control': 'no-store',
    ...contentRules,
  }
  const encoder = new TextEncoder()
  const left = parts[Symbol.iterator]()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = left.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
  })
  return new Response(body, { headers })
}
