import { APICallError } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { openLog } from '../../agent/log.ts'

const secret = 'nbt_"quoted"/and+more'

function logged(write: (log: ReturnType<typeof openLog>) => void): string {
  const lines: string[] = []
  write(openLog({ level: 'info', secrets: [secret], write: (line) => lines.push(line) }))
  return lines.join('')
}

test('a secret is in no line, whatever form it has', () => {
  const text = logged((log) => {
    log.info(`plain ${secret}`)
    log.info({ url: `http://n/?token=${encodeURIComponent(secret)}` }, 'in an address')
    log.info({ nested: { deep: [secret] } }, 'in an object')
    log.info({ err: new Error(`refused ${secret}`) }, 'in an error')
    log.info({ basic: Buffer.from(secret).toString('base64') }, 'in base64')
  })
  expect(text.split('\n').filter((line) => line.includes('[secret]'))).toHaveLength(5)
  expect(text).not.toContain('and+more')
  expect(text).not.toContain(encodeURIComponent(secret))
  expect(text).not.toContain(Buffer.from(secret).toString('base64'))
})

test('an error says what went wrong, and not what was sent and answered', () => {
  const error = new APICallError({
    ...{ message: 'Internal Server Error', url: 'http://10.0.0.5/v1/chat/completions', statusCode: 500 },
    requestBodyValues: { messages: [{ role: 'user', content: 'where do I keep the spare key?' }] },
    responseBody: `out of memory ${'while reading: where do I keep the spare key? '.repeat(100)}`,
    data: { echo: ['where do I keep the spare key?'] },
  })
  const text = logged((log) => log.warn({ err: new AggregateError([error], 'two tries') }, 'it failed'))
  for (const kept of ['two tries', 'Internal Server Error', '10.0.0.5', '500', 'out of memory'])
    expect(text).toContain(kept)
  expect(text).not.toContain('"messages"')
  expect(text).not.toContain('echo')
  expect(text.length).toBeLessThan(8000)
})

test('a key that is read while HWLab runs is cut from then on', () => {
  const secrets: string[] = []
  const lines: string[] = []
  const log = openLog({ level: 'info', secrets, write: (line) => lines.push(line) })
  secrets.push('sk-read-later')
  log.info('asked with sk-read-later')
  expect(lines.join('')).toContain('asked with [secret]')
})

test('fields that are secret by their name are cut even when nobody loaded them', () => {
  const text = logged((log) =>
    log.info({ token: 'unknown-one', request: { authorization: 'Bearer two', cookie: 'three' } }, 'request'),
  )
  for (const value of ['unknown-one', 'Bearer two', 'three']) expect(text).not.toContain(value)
})
