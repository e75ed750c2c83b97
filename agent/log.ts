import pino, { type Logger } from 'pino'
import { scrubber } from './secrets.ts'

export type { Logger }

const secretPaths = ['token', 'password', 'authorization', 'cookie', 'apiKey', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
])

const wordsMax = 300

/** What went wrong, where; not the prompts, photos and answers that some errors carry. */
function plainError(error: pino.SerializedError): Record<string, unknown> {
  const told = Object.entries(error).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'aggregateErrors') return [[name, error.aggregateErrors?.map(plainError)]]
    if (typeof value === 'object') return []
    const isLong = typeof value === 'string' && name !== 'stack' && value.length > wordsMax
    return [[name, isLong ? `${value.slice(0, wordsMax)}…` : value]]
  })
  return Object.fromEntries(told)
}

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
      serializers: { err: pino.stdSerializers.wrapErrorSerializer(plainError) },
      redact: { paths: secretPaths, censor: '[secret]' },
    },
    { write: (line: string) => write(scrub(line)) },
  )
}
