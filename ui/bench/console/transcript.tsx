import { useEffect, useState } from 'react'
import { Disclosure } from '../../kit/disclosure.tsx'
import { Refusal } from '../../kit/notice.tsx'
import { useAsking } from '../../use-asking.ts'

/** Every byte of a console session as text, asked for when somebody opens it. */
export function Transcript({ sessionId }: { sessionId: string }) {
  return (
    <Disclosure summary="Transcript">
      <Lines sessionId={sessionId} />
    </Disclosure>
  )
}

function Lines({ sessionId }: { sessionId: string }) {
  const { refusal, ask } = useAsking()
  const [transcript, setTranscript] = useState<string | null>(null)
  useEffect(() => {
    void ask('console-transcript', { sessionId }).then((answer) => {
      if (answer.kind === 'ok') setTranscript(answer.value.transcript)
    })
  }, [ask, sessionId])
  return (
    <>
      <Refusal why={refusal} />
      {transcript !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
        <section className="console-transcript" tabIndex={0} aria-label="Transcript">
          <pre className="mono">{transcript === '' ? 'Nothing came.' : transcript}</pre>
        </section>
      )}
    </>
  )
}
