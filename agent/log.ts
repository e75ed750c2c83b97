import pino, { type Logger } from 'pino'
import { scrubber } from './secrets.ts'

export type { Logger }

const secretPaths = ['token', 'password', 'authorization', 'cookie', 'apiKey', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
])

/** JSON lines to stderr (stdout belongs to protocols). Paths are redacted by name, loaded secrets by value. */
export function openLog(options: {
  level: string
  secrets: string[]
  write?: (line: string) => void
}): Logger {
  const scrub = scrubber(options.secrets)
  const write = options.write ?? ((line: string) => process.stderr.write(line))
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: secretPaths, censor: '[secret]' },
    },
    { write: (line: string) => write(scrub(line)) },
  )
}
