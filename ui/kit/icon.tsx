const strokes = {
  add: 'M8 3v10M3 8h10',
  attach: 'M13 7.5 7.8 12.7a3 3 0 0 1-4.3-4.2l5.6-5.6a2 2 0 0 1 2.8 2.8L6.5 11a1 1 0 0 1-1.4-1.4L10 4.8',
  bench: 'M2 5h12M3 5v8M13 5v8M5.5 5V2.5h5V5M5 9h6',
  bookmark: 'M4.5 2.500h7v11L8 10.500l-3.5 3z',
  camera:
    'M2 5.5A1.5 1.5 0 0 1 3.5 4H5l1-1.500h4L11 4h1.500A1.5 1.5 0 0 1 14 5.500v6a1.5 1.5 0 0 1-1.5 1.500h-9A1.5 1.5 0 0 1 2 11.500zM8 10.500a2.25 2.25 0 1 0 0-4.5 2.25 2.25 0 0 0 0 4.5',
  chat: 'M2.5 3.500h11v7.500h-6L4.5 13.500V11h-2z',
  check: 'm3 8.5 3.25 3.250L13 4.75',
  chevron: 'm6 3.5 4.5 4.500L6 12.5',
  close: 'm4 4 8 8m0-8-8 8',
  coins:
    'M6.5 7.500c2.500 0 4.500-1 4.500-2.250S9 3 6.500 3 2 4 2 5.250 4 7.500 6.500 7.500M2 5.250v4C2 10.500 4 11.500 6.500 11.500M11 5.250v1.500M9.500 13c2.500 0 4.500-1 4.500-2.250S12 8.500 9.500 8.500 5 9.500 5 10.750 7 13 9.500 13',
  compare: 'M5 2.500v9m-2.500-2.500L5 11.500 7.500 9M11 13.500v-9M8.500 7 11 4.500 13.500 7',
  down: 'M8 3v10m-4-4 4 4 4-4',
  edit: 'M10.5 3.25 12.75 5.5 6 12.25 3 13l.75-3z',
  items: 'M3 3h10v10H3zM3 6.500h10M6.5 9.500h3',
  link: 'M6.5 9.5 12.5 3.500M8.5 3.500h4v4M12 9.500v3H3.500V4h3',
  list: 'M3 4.500h10M3 8h10M3 11.500h7',
  more: 'M3.250 8h.5m4 0h.5m4 0h.5',
  moon: 'M13 9.500A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5',
  pin: 'M6 2.500h4M6.500 2.500v4L4 9.500h8L9.500 6.500v-4M8 9.500v4',
  print: 'M4.5 6V2.500h7V6M4.5 11h-2V6h11v5h-2M4.5 9h7v4.500h-7z',
  queue: 'M3 4h10M3 8h6M3 12h3m4-1.5 2 2 2-2m-2-3.500v5.5',
  send: 'M8 13V3M4 7l4-4 4 4',
  stop: 'M4.5 4.500h7v7h-7z',
  sun: 'M8 10.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5M8 1.500v1.500m0 10v1.500M1.5 8H3m10 0h1.500M3.400 3.400l1 1m7.200 7.200 1 1m0-9.200-1 1M4.400 11.600l-1 1',
  system: 'M2.5 3h11v7.500h-11zM6 13.500h4M8 10.500v3',
  wired: 'M5.5 2v3m5-3v3M4 5h8v3a4 4 0 0 1-8 0zm4 7v2.5',
} as const

export type IconName = keyof typeof strokes

/** Decoration only: the words beside it, or the label of the button, say what it means. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={strokes[name]} />
    </svg>
  )
}
