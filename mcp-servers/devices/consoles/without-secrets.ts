import type { ConsoleLogin } from './keyboard.ts'
import { screenText } from './screen-text.ts'

/** Where network devices print secrets: passwords and their hashes, SNMP communities, keys. The value is the last group. */
const secretLines = [
  /\b(?:password|secret|passphrase|pre-shared-key|psk|key-string)(?:[^\S\n]+(?:\d+|encrypted|sha\d+|hash))?(?:[^\S\n]|[:=])+(\S+)/gi,
  /\bsnmp-server\s+community\s+(\S+)/gi,
  /\bcommunity\s+"?([^\s"{]+)/gi,
  /\b(?:tacacs-server|radius-server)\b.{0,200}\bkey\s+(?:\d\s+)?(\S+)/gi,
]

/** The screen as text, with secrets and what was typed as a password replaced by dots. */
export function withoutSecrets(bytes: Uint8Array, login: ConsoleLogin | null): string {
  const screen = secretLines.reduce(
    (text, pattern) => text.replace(pattern, (line, secret: string) => line.slice(0, -secret.length) + dots),
    screenText(bytes).trim(),
  )
  return login && login.password !== '' ? screen.replaceAll(login.password, dots) : screen
}

const dots = '••••'
