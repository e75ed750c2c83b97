import { useState } from 'react'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { FactForm } from './fact-form.tsx'

export function AddFact() {
  const { busy, refusal, ask } = useAsking()
  const [added, setAdded] = useState(0)
  return (
    <>
      <FactForm
        key={added}
        text=""
        isPrivate={false}
        label="Sentence to remember"
        words="Remember"
        busy={busy}
        hasFocus={added > 0}
        onSend={async (fact) => {
          const answer = await ask('fact-add', fact)
          if (answer.kind === 'ok') setAdded(added + 1)
        }}
      />
      <Refusal why={refusal} />
    </>
  )
}
