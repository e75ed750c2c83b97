import { everyFound, found, real, said } from '../console-facts.ts'
import type { ConsoleDialect } from '../dialect.ts'

/** In `show modules`: the model of a chassis and its serial number; those of modules have no such heading. */
const chassisLine = /\b(J[LG\d]\d{2,3}A)\b.*\bSerial Number\s*:\s*(\S+)/gi

/** Fields stand two to a line; a stack repeats the block for each member. */
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
    const models = [...answers('show modules').matchAll(chassisLine)].map(([, model = '', serial = '']) => ({
      model: model.toUpperCase(),
      serial: real(serial),
    }))
    const serials = everyFound(system, /Serial Number\s*:\s*(\S+)/gi)
    const modelOf = (serial: string | null) => {
      const own = models.find((one) => one.serial === serial)
      return own?.model ?? (serials.length < 2 && models.length === 1 ? models[0]?.model : null) ?? null
    }
    return {
      hostname: said(found(system, /System Name\s*:\s*(\S+(?: \S+)*)/i), 'show system'),
      version: said(found(system, /Software revision\s*:\s*(\S+)/i), 'show system'),
      chassis: (serials.length > 0 ? serials : [null]).map((serial, index) => ({
        slot: serials.length > 1 ? `${index + 1}` : null,
        model: said(modelOf(serial), 'show modules'),
        serial: said(serial, 'show system'),
      })),
      modules: [],
      isVirtual: false,
    }
  },
} satisfies ConsoleDialect
