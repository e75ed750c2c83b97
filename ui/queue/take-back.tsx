import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'

/** Asks for the request that would take a write back; what it restores stands on that request. */
export function TakeBack({ what, title }: { what: string; title: string }) {
  const { busy, refusal, ask } = useAsking()
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  if (readOnly) return null
  return (
    <div className="actions">
      <Button
        look="quiet"
        disabled={busy}
        aria-label={`Take back: ${title}`}
        onClick={() => ask('undo-propose', { what })}
      >
        Take back
      </Button>
      <Refusal why={refusal} />
    </div>
  )
}
