import { useState } from 'react'
import { IconButton } from '../kit/button.tsx'
import { applyTheme, storedTheme } from './theme.ts'

const next = { system: 'light', light: 'dark', dark: 'system' } as const
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const
const words = {
  system: 'Colours follow the system. Change to light',
  light: 'Light colours. Change to dark',
  dark: 'Dark colours. Change to those of the system',
} as const

export function ThemeButton() {
  const [theme, setTheme] = useState(storedTheme)
  return (
    <IconButton
      icon={icons[theme]}
      label={words[theme]}
      onClick={() => {
        applyTheme(next[theme])
        setTheme(next[theme])
      }}
    />
  )
}
