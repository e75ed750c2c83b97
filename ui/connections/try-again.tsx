import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

/** Tries a model anew: tools, forms, print, window, speed. How it goes is told in its line. */
export function TryAgain({ modelKey }: { modelKey: string }) {
  const { busy, refusal, ask } = useAsking()
  return (
    <>
      <div className="actions">
        <Button look="quiet" disabled={busy} onClick={() => ask('model-try-again', { modelKey })}>
          Try again
        </Button>
      </div>
      <Refusal why={refusal} />
    </>
  )
}
