import type { ConnectionView } from '../protocol/connections.ts'
import type { OthersView } from '../protocol/others.ts'

/** Servers of others in one line of what is connected; none where nobody named any. */
export function othersLine({
  fileTone,
  fileWords,
  fileFix,
  servers,
  doubtful,
}: OthersView): ConnectionView[] {
  const name = 'Other MCP servers'
  if (fileTone === 'bad') return [{ name, stateWords: fileWords, tone: 'bad', fix: fileFix }]
  if (servers.length === 0) return []
  const good = servers.filter(({ tone }) => tone === 'good').length
  const wrong = servers.find(({ tone }) => tone === 'bad')
  const stateWords = `${good} of ${servers.length} connected`
  if (wrong)
    return [{ name, stateWords, tone: 'bad', fix: `${wrong.name}: ${wrong.fix ?? wrong.stateWords}` }]
  const [doubt] = doubtful
  if (doubt) return [{ name, stateWords, tone: 'bad', fix: `Look whether it happened: ${doubt.words}` }]
  return [{ name, stateWords, tone: good === 0 ? 'muted' : 'good', fix: null }]
}
