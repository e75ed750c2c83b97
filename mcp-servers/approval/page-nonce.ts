import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a page was drawn for; a form made for anything else is refused. */
export interface PageSubject {
  changeId: string
  digest: string
  sessionId: string
}

const lifetimeMs = 10 * 60 * 1000

/** Proof that this server drew the page for this session, lately. Not the single use: that is the request's own edge. */
export function pageNonce(key: Uint8Array, subject: PageSubject, nowMs: number): string {
  return `${nowMs}.${seal(key, subject, nowMs).toString('base64url')}`
}

export function checkPageNonce(
  key: Uint8Array,
  nonce: string,
  subject: PageSubject,
  nowMs: number,
): 'good' | 'old' | 'forged' {
  const [shownAt = '', mac = ''] = nonce.split('.')
  const shownAtMs = Number(shownAt)
  if (!/^\d{1,15}$/.test(shownAt)) return 'forged'
  const given = Buffer.from(mac, 'base64url')
  const expected = seal(key, subject, shownAtMs)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged'
  return nowMs - shownAtMs <= lifetimeMs && shownAtMs <= nowMs ? 'good' : 'old'
}

function seal(key: Uint8Array, { changeId, digest, sessionId }: PageSubject, shownAtMs: number): Buffer {
  const text = JSON.stringify(['hwlab/confirm-page/v1', changeId, digest, sessionId, shownAtMs])
  return createHmac('sha256', key).update(text, 'utf8').digest()
}
