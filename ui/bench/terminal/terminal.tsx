import { FitAddon } from '@xterm/addon-fit'
import { Terminal as Emulator } from '@xterm/xterm'
import { useEffect, useId, useRef, useState } from 'react'
import '@xterm/xterm/css/xterm.css'
import { Button } from '../../kit/button.tsx'
import { Notice, Refusal } from '../../kit/notice.tsx'
import { BreakQuestion } from './break-question.tsx'
import { emulatorTheme } from './emulator-theme.ts'
import { PasteQuestion } from './paste-question.tsx'
import './terminal.css'
import { useTerminal } from './use-terminal.ts'

const rates = [9600, 19_200, 38_400, 57_600, 115_200]

/** A console by hand: what is typed goes out as it is, what comes back is drawn. */
export default function Terminal({ place, baudRate }: { place: string; baudRate: number }) {
  const host = useRef<HTMLDivElement>(null)
  const emulator = useRef<Emulator | null>(null)
  const rateId = useId()
  const [rate, setRate] = useState(baudRate)
  const [pasted, setPasted] = useState<string | null>(null)
  const [isBreakAsked, setBreakAsked] = useState(false)
  const terminal = useTerminal(place, baudRate, (bytes) => emulator.current?.write(bytes))
  const { type } = terminal

  useEffect(() => {
    const element = host.current
    if (!element) return
    const drawn = new Emulator({
      ...{ fontFamily: 'IBM Plex Mono, monospace', fontSize: 14, scrollback: 5000, screenReaderMode: true },
      theme: emulatorTheme(),
    })
    const fit = new FitAddon()
    drawn.loadAddon(fit)
    drawn.open(element)
    fit.fit()
    drawn.focus()
    drawn.onData(type)
    emulator.current = drawn
    const askBeforePaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text') ?? ''
      if (!/[\r\n]/.test(text.trimEnd())) return
      event.preventDefault()
      event.stopPropagation()
      setPasted(text)
    }
    element.addEventListener('paste', askBeforePaste, { capture: true })
    const sizes = new ResizeObserver(() => fit.fit())
    sizes.observe(element)
    const repaint = () => {
      drawn.options.theme = emulatorTheme()
    }
    const colours = new MutationObserver(repaint)
    colours.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', repaint)
    return () => {
      sizes.disconnect()
      colours.disconnect()
      system.removeEventListener('change', repaint)
      drawn.dispose()
      emulator.current = null
    }
  }, [type])

  const answerBreak = (isWanted: boolean) => {
    if (isWanted) void terminal.sendBreak()
    setBreakAsked(false)
    emulator.current?.focus()
  }
  const answerPaste = (isWanted: boolean) => {
    if (isWanted && pasted !== null) type(pasted.replace(/\r?\n/g, '\r'))
    setPasted(null)
    emulator.current?.focus()
  }
  return (
    <div className="terminal">
      <div className="terminal-bar">
        <label htmlFor={rateId}>Speed</label>
        <select
          id={rateId}
          className="field-input"
          value={rate}
          onChange={({ target }) => {
            setRate(Number(target.value))
            void terminal.setBaudRate(Number(target.value))
          }}
        >
          {[...new Set([...rates, baudRate])].map((one) => (
            <option key={one} value={one}>
              {one.toLocaleString('en-US')} baud
            </option>
          ))}
        </select>
        <Button disabled={terminal.state.kind !== 'open' || isBreakAsked} onClick={() => setBreakAsked(true)}>
          Break
        </Button>
      </div>
      {isBreakAsked && <BreakQuestion onSend={() => answerBreak(true)} onLeave={() => answerBreak(false)} />}
      {terminal.state.kind === 'ended' && <Notice tone="bad">{terminal.state.words}</Notice>}
      {pasted !== null && (
        <PasteQuestion text={pasted} onPaste={() => answerPaste(true)} onLeave={() => answerPaste(false)} />
      )}
      <Refusal why={terminal.refusal} />
      <div className="terminal-screen" ref={host} />
      <p className="panel-note">
        Everything you type goes to the device, Tab and Escape too. Shift+Escape closes the terminal. The
        transcript is kept.
      </p>
    </div>
  )
}
