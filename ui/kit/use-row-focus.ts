import { type FocusEvent, type RefObject, useEffect, useRef } from 'react'

interface RowFocus {
  ref: RefObject<HTMLUListElement | null>
  onFocus(event: FocusEvent): void
}

/** For a list of `count` rows: where the row with the keyboard was taken off, the one in its place has it. */
export function useRowFocus(count: number): RowFocus {
  const ref = useRef<HTMLUListElement>(null)
  const at = useRef(-1)
  useEffect(() => {
    if (at.current === -1 || document.activeElement !== document.body) return
    const row = ref.current?.children[Math.min(at.current, count - 1)]
    row?.querySelector<HTMLElement>('button, a, input, select')?.focus()
  }, [count])
  return {
    ref,
    onFocus({ target }) {
      const rows = [...(ref.current?.children ?? [])]
      at.current = target.matches(':focus-visible') ? rows.findIndex((row) => row.contains(target)) : -1
    },
  }
}
