import type { ComponentType } from 'react'

export type ResultDrawing = ComponentType<{ result: unknown }>

const drawings = import.meta.glob<ResultDrawing>('./results/*.tsx', { eager: true, import: 'default' })

/** The drawing of a tool's result, found by the name of the tool: `find_item` → `results/find-item.tsx`. */
export function drawingFor(tool: string): ResultDrawing | null {
  return drawings[`./results/${tool.replaceAll('_', '-')}.tsx`] ?? null
}
