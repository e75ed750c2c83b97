import { Fragment } from 'react'

/** Words between back quotes and names such as NETBOX_URL are typed, so they are shown as such. */
export function WithCode({ text }: { text: string }) {
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
