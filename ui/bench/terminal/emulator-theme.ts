/** The colours of the page around it; the emulator draws on a canvas of its own and cannot see them. */
export function emulatorTheme() {
  const probe = document.createElement('span')
  document.body.append(probe)
  const colour = (name: string) => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const theme = {
    background: colour('--sunken'),
    foreground: colour('--ink'),
    cursor: colour('--accent'),
    cursorAccent: colour('--sunken'),
    selectionBackground: colour('--accent-wash'),
  }
  probe.remove()
  return theme
}
