export type Tone = 'ask' | 'working' | 'good' | 'bad' | 'muted'

const marks = {
  ask: <path d="M6 1.2 10.8 6 6 10.8 1.2 6z" fill="currentColor" />,
  working: (
    <path
      d="M6 1.500a4.5 4.5 0 1 1-4.5 4.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
    />
  ),
  good: <path d="m1.8 6.4 2.8 2.8 5.6-6" fill="none" stroke="currentColor" strokeWidth="2" />,
  bad: <path d="m2.2 2.2 7.6 7.600m0-7.6-7.6 7.6" fill="none" stroke="currentColor" strokeWidth="2" />,
  muted: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
} as const

/** A state as a word with a small mark of its own shape, so that colour is never alone. */
export function Status({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={`status tone-${tone}`}>
      <Mark tone={tone} />
      <span>{children}</span>
    </span>
  )
}

export function Mark({ tone }: { tone: Tone }) {
  return (
    <svg
      className={`mark tone-${tone} ${tone === 'working' ? 'mark-turning' : ''}`}
      viewBox="0 0 12 12"
      width="12"
      height="12"
      aria-hidden="true"
    >
      {marks[tone]}
    </svg>
  )
}
