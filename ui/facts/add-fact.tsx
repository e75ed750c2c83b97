import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { FactForm } from './fact-form.tsx'

export function AddFact() {
  const { busy, refusal, ask } = useAsking()
  return (
    <>
      <FactForm
        text=""
        isPrivate={false}
        label="Sentence to remember"
        words="Remember"
        busy={busy}
        onSend={async (fact) => (await ask('fact-add', fact)).kind === 'ok'}
      />
      <Refusal why={refusal} />
    </>
  )
}
