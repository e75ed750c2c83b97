import { everyFound, found, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'

/** Fields stand two to a line; a stack repeats the block for each member. The J-number is in `show modules`. */
export default {
  manufacturer: 'HPE Aruba',
  platform: 'ArubaOS-Switch (ProCurve)',
  prompts: ['exec'],
  recognise: (shown) =>
    /Image stamp.*\/code\/build|Status and Counters - General System/.test(shown) ? 95 : 0,
  pagingOff: ['no page'],
  commands: ['show version', 'show system', 'show modules'],
  read(answers) {
    const system = answers('show system')
    const models = everyFound(answers('show modules'), /\b(J[LG\d]\d{2,3}A)\b/g)
    const serials = everyFound(system, /Serial Number\s*:\s*(\S+)/gi)
    return {
      hostname: said(found(system, /System Name\s*:\s*(\S+)/i), 'show system'),
      version: said(found(system, /Software revision\s*:\s*(\S+)/i), 'show system'),
      chassis: (serials.length > 0 ? serials : [null]).map((serial, index) => ({
        slot: serials.length > 1 ? `${index + 1}` : null,
        model: said(models[index] ?? models[0] ?? null, 'show modules'),
        serial: said(serial, 'show system'),
      })),
      modules: [],
      isVirtual: false,
    }
  },
} satisfies ConsoleDialect
