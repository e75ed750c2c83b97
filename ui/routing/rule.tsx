import { useId } from 'react'

interface RuleFacts {
  words: string
  isOn: boolean
  isOff: boolean
  onChange(isOn: boolean): void
}

/** One thing that is so or not so. */
export function Rule({ words, isOn, isOff, onChange }: RuleFacts) {
  const id = useId()
  return (
    <label className="step-toggle" htmlFor={id}>
      <input
        id={id}
        type="checkbox"
        checked={isOn}
        disabled={isOff}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{words}</span>
    </label>
  )
}
