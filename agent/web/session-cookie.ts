import type { Clock } from '../clock.ts'
import type { SessionsTable } from '../store/sessions.ts'

const cookieName = 'hwlab_session'
const cookieLifetimeSeconds = 180 * 24 * 60 * 60
const sessionIdPattern = /^[A-Za-z0-9_-]{20,64}$/

export interface Session {
  operator: string
  sessionId: string
}

/** Who is signed in, by the cookie of a request. Two session cookies are nobody: one of them was planted. */
export type ReadSession = (cookieHeader: string | null | undefined) => Session | null

export function sessionReader(sessions: SessionsTable, clock: Clock): ReadSession {
  return (cookieHeader) => {
    const values = (cookieHeader ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${cookieName}=`))
      .map((pair) => pair.slice(cookieName.length + 1))
    const [sessionId] = values
    if (values.length !== 1 || !sessionId || !sessionIdPattern.test(sessionId)) return null
    const operator = sessions.operatorOf(sessionId, clock.nowMs())
    return operator ? { operator, sessionId } : null
  }
}

export function sessionCookie(sessionId: string, isHttps: boolean): string {
  const secure = isHttps ? '; Secure' : ''
  return `${cookieName}=${sessionId}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${cookieLifetimeSeconds}${secure}`
}

export const endedSessionCookie = `${cookieName}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`
