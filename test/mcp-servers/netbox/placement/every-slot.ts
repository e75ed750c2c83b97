import fc from 'fast-check'
import type { RackFrame } from '../../../../mcp-servers/netbox/placement/rack-space.ts'

export const halves = (max: number) => fc.integer({ min: 1, max: max * 2 }).map((count) => count / 2)
const anyMounted = fc.record({
  position: fc.integer({ min: -4, max: 40 }).map((count) => count / 2),
  heightUnits: halves(4),
  isFullDepth: fc.boolean(),
  face: fc.constantFrom('front' as const, 'rear' as const, null),
})
export const anyFrame = fc.record({
  firstUnit: fc.integer({ min: 1, max: 5 }),
  heightUnits: fc.integer({ min: 1, max: 14 }),
  reserved: fc.array(fc.integer({ min: 1, max: 14 }), { maxLength: 3 }),
  mounted: fc.array(anyMounted, { maxLength: 8 }),
})

/** Every place where it may go, by looking at every half unit. */
export function everySlot(frame: RackFrame, wanted: { heightUnits: number; isFullDepth: boolean }): string[] {
  const free = (at: number, face: 'front' | 'rear') =>
    at >= frame.firstUnit &&
    at + 0.5 <= frame.firstUnit + frame.heightUnits &&
    !frame.reserved.some((unit) => unit <= at && at < unit + 1) &&
    !frame.mounted.some(
      (one) =>
        (one.isFullDepth || one.face === null || one.face === face) &&
        one.position <= at &&
        at < one.position + one.heightUnits,
    )
  const slots: string[] = []
  for (let unit = 0; unit < 25; unit += wanted.heightUnits % 1 === 0 ? 1 : 0.5)
    for (const face of ['front', 'rear'] as const) {
      const at = Array.from({ length: wanted.heightUnits * 2 }, (_, half) => unit + half / 2)
      const faces = wanted.isFullDepth ? (['front', 'rear'] as const) : [face]
      if (at.every((half) => faces.every((one) => free(half, one)))) slots.push(`${unit} ${face}`)
    }
  return slots
}
