import { type LanguageModel, streamText } from 'ai'
import { expect } from 'vitest'
import { bareModel } from '../../agent/models/providers.ts'
import { calendarOf } from '../../agent/spend/calendar-day.ts'
import type { Payee } from '../../agent/spend/call-book.ts'
import { watchedFetch } from '../../agent/spend/call-in-flight.ts'
import { openSpend, type Spend } from '../../agent/spend/open-spend.ts'
import { forQuery } from '../../agent/spend/query.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { type CallRow, modelCallsTable } from '../../agent/store/model-calls.ts'
import { type DialectServer, openDialectServer, type Script } from '../../evals/models/open-dialect-server.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from './fake-clock.ts'
import { namedServer } from './named-providers.ts'

const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15, imageUsd: 0 }
/** $3 in and $15 out for a million tokens. */
export const paidPayee: Payee = {
  ...{ key: 'openrouter/scripted', where: 'cloud', tier: 3, price, keepsPriceCeiling: true },
}

export interface PaidWorld {
  server: DialectServer
  clock: FakeClock
  /** Another one after `restart`. */
  spend(): Spend
  audited: unknown[]
  /** The text, and the error that ended it. */
  ask(asked?: {
    of?: Payee
    queryId?: string
    prompt?: string
    signal?: AbortSignal
    /** Of another server than the one that speaks as OpenRouter does. */
    baseUrl?: string
  }): Promise<{ text: string; error: unknown }>
  rows(): CallRow[]
  /** As with kill -9: what was under way is not heard of again. */
  restart(): Promise<void>
  /** Until the background has asked what everything cost. */
  untilSettled(): Promise<void>
  close(): Promise<void>
}

/** The meter over real requests to a server on loopback that speaks as OpenRouter does; 21 November 2026, 13:00 in Berlin. */
export async function openPaidWorld(reply: Script['reply'], page?: Script['page']): Promise<PaidWorld> {
  const server = await openDialectServer('openrouter', { reply, ...(page ? { page } : {}) })
  const database = openDatabase(':memory:', [agentMigrations])
  const clock = new FakeClock(Date.UTC(2026, 10, 21, 12))
  const audited: unknown[] = []
  const start = () =>
    openSpend({
      ...{ database, clock, calendar: calendarOf('Europe/Berlin'), fetch, onChange() {} },
      servers: () => [{ id: 'openrouter', baseUrl: server.baseUrl, apiKey: 'k' }],
      audit: (entry) => audited.push(entry),
      onError(error) {
        throw error
      },
    })
  let spend = start()
  const rows = () => [...modelCallsTable(database).all()]
  function model(of: Payee, baseUrl: string): LanguageModel {
    const row = namedServer({ id: 'openrouter', baseUrl, where: 'cloud', apiKey: 'k' })
    return spend.metered(bareModel(row, 'scripted', watchedFetch(fetch)), of)
  }
  return {
    ...{ server, clock, audited, rows, spend: () => spend },
    async ask({ of = paidPayee, queryId = 'q1', prompt = 'How many racks?', signal, baseUrl } = {}) {
      const errors: unknown[] = []
      const { stream } = streamText({
        ...{ model: model(of, baseUrl ?? server.baseUrl), prompt, maxRetries: 0, maxOutputTokens: 1000 },
        ...(signal ? { abortSignal: signal } : {}),
        providerOptions: forQuery({ queryId, conversationId: 'c1' }),
        onError: ({ error }) => {
          errors.push(error)
        },
      })
      let text = ''
      try {
        for await (const part of stream) if (part.type === 'text-delta') text += part.text
      } catch (error) {
        errors.push(error)
      }
      return { text, error: errors[0] ?? null }
    },
    async restart() {
      await spend.close()
      spend = start()
    },
    async untilSettled() {
      await expect
        .poll(
          () => {
            clock.advance(1_800_000)
            return rows().every((row) => row.state === 'settled')
          },
          { timeout: 10_000, interval: 5 },
        )
        .toBe(true)
    },
    async close() {
      await spend.close()
      await server.close()
      database.close()
    },
  }
}
