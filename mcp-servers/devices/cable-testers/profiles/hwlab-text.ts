import { lineFramer } from '../framing.ts'
import type { TesterProfile } from '../tester-profile.ts'

/**
 * The text twin of `hwlab-v1`, for an Arduino that only prints lines: `WM 1=1 2=2 3=3 4=- 5=5 6=6 7=7 8=8 S=?`, then,
 * if the tester can, ` SH=3-6` for joined pins and ` SP=36/45` for split pairs. `-` is open, `?` is not tested.
 */
const wire = /^([1-8S])=([1-8S]|-|\?)$/

export default {
  id: 'hwlab-text',
  name: 'Self-built tester (lines of text)',
  plug: 'RJ45',
  baudRate: 115_200,
  ability: { shorts: true, shield: true, splitPairs: true, length: false },
  trigger: null,
  framer: lineFramer,
  decode(frame) {
    const [head, ...words] = new TextDecoder().decode(frame).trim().split(/\s+/)
    if (head !== 'WM') return null
    const far: Record<string, string[]> = {}
    for (const word of words) {
      const [, near = '', reached = '?'] = wire.exec(word) ?? []
      if (reached !== '?') far[near] = reached === '-' ? [] : [reached]
    }
    const splits = words
      .filter((word) => word.startsWith('SP='))
      .map((word) => [...word.matchAll(/[1-8]/g)].map(String))
    return {
      kind: 'wiremap',
      map: {
        far,
        shorts: words.filter((word) => word.startsWith('SH=')).map((word) => word.slice(3).split('-')),
        splits: splits.length > 0 ? splits : null,
      },
    }
  },
} satisfies TesterProfile
