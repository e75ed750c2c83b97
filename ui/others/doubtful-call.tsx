import type { OthersView } from '../../agent/protocol/others.ts'
import { Button } from '../kit/button.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'

/** A call that may have happened: only who looks at the other side knows. */
export function DoubtfulCall({ call }: { call: OthersView['doubtful'][number] }) {
  const { busy, refusal, ask } = useAsking()
  const settle = (happened: boolean) => ask('others-settle', { callId: call.callId, happened })
  return (
    <>
      <Notice tone="ask">
        <p>{`Did it happen? ${call.words}`}</p>
        <p className="mono others-sent">{call.sent}</p>
        <p>HWLab does not send it again. Look there, then say so.</p>
        <div className="actions">
          <Button disabled={busy} onClick={() => settle(true)}>
            It happened
          </Button>
          <Button disabled={busy} onClick={() => settle(false)}>
            It did not
          </Button>
        </div>
      </Notice>
      <Refusal why={refusal} />
    </>
  )
}
