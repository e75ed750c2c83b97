import type { OperatorDesk } from '../operator-desk.ts'
import { contentRules, plainPage } from './pages.ts'

/** Every sample of a recording, sent part by part, because hours of it are many megabytes. */
export function recordingCsv(desk: Pick<OperatorDesk, 'recordingCsv'>, file: string): Response {
  const parts = desk.recordingCsv(file.replace(/\.csv$/, ''))
  if (!parts) return plainPage(404, 'This recording is not there any more.')
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="power-${file}"`,
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
