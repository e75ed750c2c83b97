import './fonts.ts'
import './look.css'
import './sign-in.css'
import { addressAfterSignIn } from './address-after-sign-in.ts'

type SignInOutcome = { kind: 'signed-in' } | { kind: 'refused'; why: string; retry: boolean }

const wantedKey = 'hwlab-wanted'

async function present(token: string): Promise<SignInOutcome> {
  try {
    const response = await fetch('/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (response.ok) return { kind: 'signed-in' }
    if (response.status === 429)
      return {
        kind: 'refused',
        why: 'Too many tries. Wait a minute, then load this page again.',
        retry: true,
      }
    if (response.status >= 500)
      return {
        kind: 'refused',
        why: 'HWLab could not sign you in just now. Load this page again.',
        retry: true,
      }
    return { kind: 'refused', why: 'This link was used already, or it is too old.', retry: false }
  } catch {
    return {
      kind: 'refused',
      why: 'HWLab does not answer. Check that it is running, then load this page again.',
      retry: true,
    }
  }
}

function say(words: string, offerNewLink: boolean): void {
  const what = document.getElementById('what')
  const wayOut = document.getElementById('way-out')
  if (what) what.textContent = words
  if (wayOut) wayOut.hidden = !offerNewLink
}

async function signIn(): Promise<void> {
  const token = location.hash.slice(1)
  const search = location.search === '' ? (sessionStorage.getItem(wantedKey) ?? '') : location.search
  if (token === '') {
    // The link that signs in has no `next`; it is usually opened in this very tab.
    sessionStorage.setItem(wantedKey, search)
    say('You need a sign-in link to open this HWLab.', true)
    return
  }
  const outcome = await present(token)
  if (outcome.kind === 'signed-in') {
    sessionStorage.removeItem(wantedKey)
    location.replace(addressAfterSignIn(search, location.origin))
    return
  }
  if (!outcome.retry) history.replaceState(null, '', location.pathname)
  say(outcome.why, !outcome.retry)
}

addEventListener('hashchange', () => void signIn())
void signIn()
