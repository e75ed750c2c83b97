import { type Finding, kindWords } from './report.ts'

const columns = [
  'Kind',
  'Tag',
  'Thing',
  'Field',
  'HWLab',
  'NetBox',
  'By',
  'At',
  'Message',
  'Address',
] as const

/** The whole report, one line per field, RFC 4180 with CRLF. Cells that a spreadsheet would run as a formula get a `'`. */
export function reportCsv(findings: readonly Finding[]): string {
  const lines = [columns, ...rowsOf(findings)].map((row) => row.map(csvCell).join(','))
  return `${lines.join('\r\n')}\r\n`
}

function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

export function reportMarkdown(findings: readonly Finding[], heading: string): string {
  const table = [columns, columns.map(() => '---'), ...rowsOf(findings)].map(
    (row) => `| ${row.map(markdownCell).join(' | ')} |`,
  )
  const body = findings.length === 0 ? ['NetBox says what HWLab last saw.'] : table
  return `# ${heading}\n\n${body.join('\n')}\n`
}

function markdownCell(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|]/g, '\\$&')
}

function rowsOf(findings: readonly Finding[]): string[][] {
  return findings.flatMap(({ kind, tag, title, url, words, fields, change }) => {
    const start = [kindWords[kind], tag ?? '', title]
    const end = [change?.by ?? '', change?.at ?? '', change?.message ?? '', url]
    if (fields.length === 0) return [[...start, '', '', words, ...end]]
    return fields.map(({ label, hwlab, netbox }) => [...start, label, hwlab ?? '', netbox ?? '', ...end])
  })
}
