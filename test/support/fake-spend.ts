import type { SpendView } from '../../agent/protocol/spend.ts'

export function fakeSpend(facts: Partial<SpendView> = {}): SpendView {
  return {
    words: 'Cloud models may spend $0.38 more today.',
    tone: 'good',
    caps: { queryUsd: 0.05, dayUsd: 0.5, monthUsd: 5 },
    meters: [
      {
        ...{ kind: 'day', name: 'Today', words: '$0.11 of $0.50', spentShare: 0.22, reservedShare: 0.02 },
        reservedWords: '$0.011 more is reserved for calls whose cost is not known yet',
      },
      {
        ...{ kind: 'month', name: 'This month', words: '$1.84 of $5.00', spentShare: 0.368 },
        ...{ reservedShare: 0.002, reservedWords: null },
      },
    ],
    calendarWords: 'Days and months begin at midnight, Europe/Berlin.',
    models: [
      {
        ...{ key: 'openrouter/google/gemma-4-26b-a4b-it', place: 'cloud', callsWords: '212 calls' },
        ...{ costWords: '$1.84', tokensWords: '1,410,000 in, 88,200 out' },
        priceWords: '$0.12 in, $0.40 out per million tokens',
        changeWords: 'Until 18 Nov 2026: $0.10 in, $0.40 out per million tokens',
        unpriced: null,
      },
      {
        ...{ key: 'ollama/gemma4:e4b', place: 'local', callsWords: '1,030 calls', costWords: 'free' },
        ...{
          tokensWords: '5,220,000 in, 301,000 out',
          priceWords: 'free',
          changeWords: null,
          unpriced: null,
        },
      },
      {
        ...{ key: 'house/large', place: 'cloud', callsWords: '0 calls', costWords: '$0' },
        ...{ tokensWords: '0 in, 0 out', priceWords: 'nobody says what it costs', changeWords: null },
        unpriced: 'refused',
      },
    ],
    calls: [
      {
        ...{ id: 'c2', at: '2026-11-20T13:59:00.000Z', model: 'openrouter/google/gemma-4-26b-a4b-it' },
        ...{ costWords: 'up to $0.011', tokensWords: 'tokens not counted' },
        ...{ stateWords: 'Stopped; asking what it cost', tone: 'working' },
      },
      {
        ...{ id: 'c1', at: '2026-11-20T13:50:00.000Z', model: 'openrouter/google/gemma-4-26b-a4b-it' },
        ...{
          costWords: '0.12 cents',
          tokensWords: '8,120 in, 301 out',
          stateWords: 'Answered',
          tone: 'good',
        },
      },
    ],
    ...facts,
  }
}
