import { Fragment } from 'react'
import type { ConnectionView } from '../../agent/protocol.ts'
import { Status } from '../kit/status.tsx'

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

/** Words between back quotes and names such as NETBOX_URL are typed, so they are shown as such. */
function WithCode({ text }: { text: string }) {
  const pieces = text.split(/(`[^`]+`|\b[A-Z][A-Z0-9]+_[A-Z0-9_]+(?:=\S+)?)/)
  let at = 0
  return pieces.map((piece, index) => {
    at += piece.length
    return index % 2 === 1 ? (
      <code key={at} className="mono">
        {piece.replaceAll('`', '')}
      </code>
    ) : (
      <Fragment key={at}>{piece}</Fragment>
    )
  })
}
