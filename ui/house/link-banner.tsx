import { useEffect, useState } from 'react'
import { Notice } from '../kit/notice.tsx'
import { useLab } from '../use-lab.ts'

/** A short interruption is not worth a word. */
const quietMs = 1200

export function LinkBanner() {
  const link = useLab((lab) => lab.link)
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (link === 'online') {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), quietMs)
    return () => clearTimeout(timer)
  }, [link])
  return (
    <div role="status" className="link-banner">
      {shown && link === 'lost' && (
        <Notice tone="ask">
          The connection to HWLab is lost. Nothing is lost with it: this page goes on when it is back.
        </Notice>
      )}
      {shown && link === 'connecting' && <Notice tone="working">Connecting to HWLab…</Notice>}
      {link === 'signed-out' && (
        <Notice tone="bad">
          You are signed out. Get a new link with{' '}
          <code className="mono">npx hwlab token create --sign-in</code> and open it here.
        </Notice>
      )}
    </div>
  )
}
