import { ConnectionLine } from '../connections/connection-line.tsx'
import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { openPhotoChoice } from './photo-buttons.tsx'

/** What a newcomer sees: what this is, how to try it, what is missing. */
export function EmptyState() {
  const conversationId = useLab((lab) => lab.conversation?.id)
  const connections = useLab((lab) => lab.connections)
  const { busy, refusal, ask } = useAsking()
  const checking = useAsking()
  const missing =
    connections?.filter((connection) => connection.fix !== null && connection.tone !== 'good') ?? []
  const start = () => {
    if (conversationId) void ask('sample-start', { conversationId, requestId: crypto.randomUUID() })
  }
  return (
    <section className="empty" aria-label="Getting started">
      <h2>Photograph it, check it, confirm it.</h2>
      <ol className="empty-steps">
        <li>Photograph the label of a device. HWLab reads its codes and text.</li>
        <li>Look at what was read and where. Correct what is wrong.</li>
        <li>Confirm once. The record is saved and the label is printed.</li>
      </ol>
      <div className="actions">
        <Button look="primary" disabled={busy} onClick={start}>
          Try it with a sample photo
        </Button>
        <Button icon="camera" onClick={openPhotoChoice}>
          Photograph something
        </Button>
      </div>
      <Refusal why={refusal} />
      {missing.length > 0 && (
        <section className="empty-missing" aria-label="What is missing">
          <h3>What is missing</h3>
          <p className="panel-note">All of this is optional. The rest works without it.</p>
          <ul className="rows">
            {missing.map((connection) => (
              <li key={connection.name} className="row">
                <ConnectionLine connection={connection} />
              </li>
            ))}
          </ul>
          <div className="actions">
            <Button disabled={checking.busy} onClick={() => checking.ask('connections-check', {})}>
              {checking.busy ? 'Checking…' : 'Check again'}
            </Button>
          </div>
          <Refusal why={checking.refusal} />
        </section>
      )}
    </section>
  )
}
