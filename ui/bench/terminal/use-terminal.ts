import { useCallback, useEffect, useRef, useState } from 'react'
import { useConnection } from '../../use-lab.ts'

export type TerminalState =
  | { kind: 'opening' }
  | { kind: 'open' }
  /** Why, for the person. */
  | { kind: 'ended'; words: string }

/** Keys are sent together when they come faster than this. */
const sendEveryMs = 40

/** One terminal on the server, open as long as the component that uses it is there. */
export function useTerminal(place: string, baudRate: number, onBytes: (bytes: Uint8Array) => void) {
  const connection = useConnection()
  const [state, setState] = useState<TerminalState>({ kind: 'opening' })
  const [refusal, setRefusal] = useState<string | null>(null)
  const terminalId = useRef<string | null>(null)
  const unsent = useRef({ text: '', timer: 0 })
  /** What came before the answer that says which terminal is ours. */
  const early = useRef<{ id: string; bytes: Uint8Array }[]>([])
  const show = useRef(onBytes)
  show.current = onBytes
  const firstRate = useRef(baudRate)
  const send = useRef(() => {})

  useEffect(() => {
    let isGone = false
    const stop = connection.onTerminal({
      bytes(id, bytes) {
        if (id === terminalId.current) show.current(bytes)
        else if (terminalId.current === null) early.current.push({ id, bytes })
      },
      end(id, words) {
        if (id !== terminalId.current) return
        terminalId.current = null
        setState({ kind: 'ended', words })
      },
    })
    const close = (id: string) => void connection.request('terminal-close', { terminalId: id })
    void connection.request('terminal-open', { place, baudRate: firstRate.current }).then((answer) => {
      if (answer.kind === 'refused') setState({ kind: 'ended', words: answer.why })
      else if (isGone) close(answer.value.terminalId)
      else {
        const own = answer.value.terminalId
        terminalId.current = own
        for (const { id, bytes } of early.current.splice(0)) if (id === own) show.current(bytes)
        setState({ kind: 'open' })
        send.current()
      }
    })
    return () => {
      isGone = true
      stop()
      if (terminalId.current !== null) close(terminalId.current)
      terminalId.current = null
    }
  }, [connection, place])

  const act = useCallback(
    async (
      name: 'terminal-break' | 'terminal-type' | 'terminal-baud',
      more: { text?: string; baudRate?: number },
    ) => {
      const id = terminalId.current
      if (id === null) return
      const { text = '', baudRate: rate = 9600 } = more
      const answer = await (name === 'terminal-type'
        ? connection.request(name, { terminalId: id, text })
        : name === 'terminal-baud'
          ? connection.request(name, { terminalId: id, baudRate: rate })
          : connection.request(name, { terminalId: id }))
      setRefusal(answer.kind === 'refused' ? answer.why : null)
    },
    [connection],
  )
  /** Keys from before the line was open wait for it. */
  send.current = () => {
    const waiting = unsent.current
    waiting.timer = 0
    if (waiting.text === '' || terminalId.current === null) return
    void act('terminal-type', { text: waiting.text })
    waiting.text = ''
  }
  const type = useCallback((text: string) => {
    const waiting = unsent.current
    waiting.text += text
    if (waiting.timer === 0) waiting.timer = window.setTimeout(() => send.current(), sendEveryMs)
  }, [])
  return {
    ...{ state, refusal, type },
    sendBreak: () => act('terminal-break', {}),
    setBaudRate: (rate: number) => act('terminal-baud', { baudRate: rate }),
  }
}
