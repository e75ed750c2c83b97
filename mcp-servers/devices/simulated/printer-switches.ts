import type { Mishap } from './print-mechanism.ts'
import type { SimulatedSwitch } from './simulated-kind.ts'
import type { Delivery, SimulatedPrinter } from './simulated-printer.ts'
import type { Switchboard } from './switchboard.ts'

interface PrinterSwitch extends SimulatedSwitch {
  position(): string
  turn(position: string): void
}

const deliveries: readonly { id: Delivery; name: string }[] = [
  { id: 'whole', name: 'Come' },
  { id: 'silence', name: 'Do not come' },
  { id: 'garbage', name: 'Only noise' },
  { id: 'slowly', name: 'In small pieces' },
]
const mishaps: readonly { id: Mishap; name: string }[] = [
  { id: 'cover-opened', name: 'The cover opens' },
  { id: 'media-end', name: 'The labels end' },
  { id: 'power-loss', name: 'The power fails' },
]

/** What can be turned at a simulated printer, whatever it speaks; the mishap is over once it happened. */
export function printerSwitchboard(printer: SimulatedPrinter): Switchboard {
  const roll = printer.media()
  const all: PrinterSwitch[] = [
    {
      id: 'cover',
      name: 'Cover',
      positions: [
        { id: 'closed', name: 'Closed' },
        { id: 'open', name: 'Open' },
      ],
      position: printer.door,
      turn: (position) => printer.moveDoor(position === 'open' ? 'open' : 'closed'),
    },
    {
      id: 'labels',
      name: 'Labels',
      positions: [
        { id: 'loaded', name: 'In the printer' },
        { id: 'used-up', name: 'Used up' },
      ],
      position: () => (printer.media() ? 'loaded' : 'used-up'),
      turn: (position) => printer.load(position === 'loaded' ? roll : null),
    },
    {
      id: 'answers',
      name: 'Answers',
      positions: [...deliveries],
      position: printer.delivery,
      turn: (position) => printer.deliver(deliveries.find(({ id }) => id === position)?.id ?? 'whole'),
    },
    {
      id: 'next',
      name: 'Next label',
      positions: [{ id: 'nothing', name: 'As usual' }, ...mishaps],
      position: () => printer.mishap() ?? 'nothing',
      turn: (position) => printer.meet(mishaps.find(({ id }) => id === position)?.id ?? null),
    },
  ]
  return {
    isPlugged: printer.isOn,
    plug: printer.power,
    switches: () =>
      all.map(({ id, name, positions, position }) => ({ id, name, positions, position: position() })),
    turn: (switchId, position) => all.find(({ id }) => id === switchId)?.turn(position),
  }
}
