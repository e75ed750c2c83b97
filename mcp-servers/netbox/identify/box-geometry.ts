import type { Box } from '../intake/item.ts'

export function unionOf(boxes: Box[]): Box | null {
  if (boxes.length === 0) return null
  const left = Math.min(...boxes.map((box) => box.left))
  const top = Math.min(...boxes.map((box) => box.top))
  const right = Math.max(...boxes.map((box) => box.left + box.width))
  const bottom = Math.max(...boxes.map((box) => box.top + box.height))
  return { left, top, width: right - left, height: bottom - top }
}

/** Pixels that both boxes share sideways; negative: the gap between them. */
export function sharedWidth(one: Box, other: Box): number {
  return Math.min(one.left + one.width, other.left + other.width) - Math.max(one.left, other.left)
}

/** Pixels that both boxes share in height; negative: the gap between them. */
export function sharedHeight(one: Box, other: Box): number {
  return Math.min(one.top + one.height, other.top + other.height) - Math.max(one.top, other.top)
}

/** Pixels between the nearest edges of two boxes, 0 where they overlap. */
export function gapBetween(one: Box, other: Box): number {
  const across = Math.max(0, -sharedWidth(one, other))
  const down = Math.max(0, -sharedHeight(one, other))
  return Math.hypot(across, down)
}
