import { z } from 'zod'
import type { ChangePlan } from '../../approval/change-request.ts'

export const typingStepKind = 'devices.type_into_console'

const mostCharacters = 2000

/** Exactly what goes out: `text` as UTF-8, its line ends as carriage returns. */
export const typingPayloadSchema = z.object({
  place: z.string().min(1).max(200),
  text: z.string().min(1).max(mostCharacters),
  baudRate: z.number().int().positive(),
})
export type TypingPayload = z.infer<typeof typingPayloadSchema>

/** A change request of nothing but these keys. Every line of them is shown. */
export function typingPlan(payload: TypingPayload, deviceName: string, simulated: boolean): ChangePlan {
  const lines = payload.text.replace(/\r?\n$/, '').split(/\r?\n/)
  return {
    title: `Type ${lines.length === 1 ? 'one line' : `${lines.length} lines`} into ${deviceName}`,
    tier: 'physical',
    steps: [
      { kind: typingStepKind, title: `Type into ${deviceName}`, payload, waitsFor: null, optional: false },
    ],
    lines: [
      { label: 'Console', before: null, after: `${deviceName}, ${payload.baudRate} baud` },
      ...lines.map((line, at) => ({ label: `Line ${at + 1}`, before: null, after: visible(line) })),
    ],
    warnings: [
      'HWLab cannot say what these lines do to the device, and cannot take them back.',
      ...(simulated ? ['This console is simulated.'] : []),
    ],
    itemId: null,
  }
}

/** A control character would otherwise be typed without being seen. */
function visible(line: string): string {
  const shown = line.replace(/\p{Cc}/gu, (key) => `^${String.fromCharCode(key.charCodeAt(0) ^ 0x40)}`)
  return shown === '' ? '(an empty line)' : shown
}
