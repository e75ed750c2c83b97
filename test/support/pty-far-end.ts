import {
  openPseudoTerminal,
  type PseudoTerminal,
} from '../../mcp-servers/devices/simulated/pseudo-terminal.ts'
import { collectBytes } from './collect-bytes.ts'

/** A pseudo-terminal and what came over it. Throws where the machine has none: these tests need Linux. */
export async function withPseudoTerminal(
  use: (terminal: PseudoTerminal, received: (length: number) => Promise<Uint8Array>) => Promise<void>,
): Promise<void> {
  const opened = await openPseudoTerminal()
  if (opened.kind === 'not-possible') throw new Error(opened.why)
  const collected = collectBytes()
  opened.terminal.onBytes(collected.put)
  try {
    await use(opened.terminal, collected.received)
  } finally {
    await opened.terminal.unplug()
  }
}
