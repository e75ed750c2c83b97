import { z } from 'zod'
import { ConsoleFacts } from '../../bench/console/console-facts.tsx'
import { Transcript } from '../../bench/console/transcript.tsx'
import { StartItem } from '../../bench/start-item.tsx'
import { Badge } from '../../kit/badge.tsx'
import { useLab } from '../../use-lab.ts'
import '../../bench/console/console.css'

/** What the tool answers, as far as it is drawn here. */
const resultSchema = z.object({ words: z.string(), session_id: z.string(), facts: z.array(z.string()) })

/** What a device said of itself, with what it stands in; the whole of it comes from the bench. */
export default function IdentifiedConsole({ result }: { result: unknown }) {
  const parsed = resultSchema.safeParse(result)
  const sessionId = parsed.success ? parsed.data.session_id : null
  const session = useLab((lab) => lab.bench?.consoleSessions.find((one) => one.id === sessionId))
  if (!parsed.success) return null
  const { words, session_id, facts } = parsed.data
  return (
    <div className="result-device">
      {session && (
        <p className="panel-line">
          <span className="panel-name">{session.deviceName}</span>
          {session.simulated && <Badge>Simulated</Badge>}
        </p>
      )}
      {session?.facts ? <ConsoleFacts facts={session.facts} /> : <InWords words={words} facts={facts} />}
      {session?.facts && !session.facts.isVirtual && (
        <div className="actions">
          <StartItem
            from={{ request: 'console-intake', sessionId: session.id }}
            look="plain"
            name={session.deviceName}
            count={session.facts.chassis.length}
            itemId={session.itemId}
          />
        </div>
      )}
      <Transcript sessionId={session_id} />
    </div>
  )
}

/** No device was identified, or the session is so old that the bench does not show it any more. */
function InWords({ words, facts }: { words: string; facts: string[] }) {
  return (
    <>
      <p className="panel-why">{words}</p>
      <ul className="mono">
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </>
  )
}
