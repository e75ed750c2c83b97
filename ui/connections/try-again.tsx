import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

/** Tries a model anew: tools, forms, print, window, speed. How it goes is told in its line. */
export function TryAgain({ name, modelKey }: { name: string; modelKey: string }) {
  const { busy, refusal, ask } = useAsking()
  return (
    <>
      <div className="actions">
        <Button
          look="quiet"
          aria-label={`Try again: ${name}`}
          disabled={busy}
          onClick={() => ask('model-try-again', { modelKey })}
        >
          Try again
        </Button>
      </div>
      <Refusal why={refusal} />
    </>
  )
}
