import type { ConnectionView } from '../../agent/protocol/connections.ts'
import { Status } from '../kit/status.tsx'
import { WithCode } from '../kit/with-code.tsx'

export function ConnectionLine({ connection }: { connection: ConnectionView }) {
  return (
    <>
      <p className="panel-line">
        <span className="panel-name">{connection.name}</span>
        <Status tone={connection.tone}>{connection.stateWords}</Status>
      </p>
      {connection.fix && (
        <p className="panel-why">
          <WithCode text={connection.fix} />
        </p>
      )}
    </>
  )
}
