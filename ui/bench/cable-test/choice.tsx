import { useId } from 'react'

interface ChoiceFacts {
  label: string
  value: string
  options: { id: string; words: string }[]
  onChoose(id: string): void
}

export function Choice({ label, value, options, onChoose }: ChoiceFacts) {
  const id = useId()
  return (
    <div className="cable-field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field-input" value={value} onChange={({ target }) => onChoose(target.value)}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.words}
          </option>
        ))}
      </select>
    </div>
  )
}

export function Shielded({ isChosen, onChoose }: { isChosen: boolean; onChoose(chosen: boolean): void }) {
  return (
    <label className="step-toggle">
      <input type="checkbox" checked={isChosen} onChange={({ target }) => onChoose(target.checked)} />
      <span>Shielded: an open shield is a fault</span>
    </label>
  )
}

/** "RJ45, straight-through", "HDMI". */
export function wiringWords({ plug, name }: { plug: string; name: string }): string {
  return name.startsWith(plug) ? name : `${plug}, ${name}`
}
