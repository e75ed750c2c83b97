import { lineFramer } from '../framing.ts'
import type { TesterProfile } from '../tester-profile.ts'

/**
 * An ESP32 tester that raises all eight wires at once and prints its own judgement: "OUI le cable fonctionne" or "NON
 * le cable est defectueux". Source: DuvalierTsagmo/Teste_CableRJ45_ESP32 `src/main.cpp`.
 */
export default {
  id: 'esp32-all-wires',
  name: 'ESP32 tester (good or not)',
  plug: 'RJ45',
  baudRate: 9600,
  ability: { shorts: false, shield: false, splitPairs: false, length: false },
  trigger: null,
  framer: lineFramer,
  decode(frame) {
    const [, answer] = /^(OUI|NON) le cable\b/.exec(new TextDecoder().decode(frame)) ?? []
    if (answer === undefined) return null
    return answer === 'OUI'
      ? {
          kind: 'said',
          good: true,
          words: 'All 8 wires conduct, says the tester; in which order it does not say',
        }
      : {
          kind: 'said',
          good: false,
          words: 'Not all 8 wires conduct, says the tester; which ones it does not say',
        }
  },
} satisfies TesterProfile
