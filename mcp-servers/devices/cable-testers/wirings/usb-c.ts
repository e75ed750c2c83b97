import { straight, type Wiring } from '../wiremap.ts'

const power = ['A4', 'A9', 'B4', 'B9']
const ground = ['A1', 'A12', 'B1', 'B12']

function each<Value>(contacts: readonly string[], value: Value): Record<string, Value> {
  return Object.fromEntries(contacts.map((contact) => [contact, value]))
}

/**
 * Full-featured C to C: USB Type-C Cable and Connector Specification, tables 3-1 and 3-10. A transmitter meets the other
 * end's receiver; B5 is VCONN and ends in the plug; B6 and B7 are not in a plug.
 */
export default [
  {
    id: 'usb-c',
    name: 'USB-C to USB-C',
    plug: 'USB-C',
    lines: {
      ...each(power, power),
      ...each(ground, ground),
      ...straight(['A5', 'A6', 'A7']),
      A2: ['B11'],
      A3: ['B10'],
      B11: ['A2'],
      B10: ['A3'],
      B2: ['A11'],
      B3: ['A10'],
      A11: ['B2'],
      A10: ['B3'],
      A8: ['B8'],
      B8: ['A8'],
    },
    signals: {
      ...each(power, 'VBUS'),
      ...each(ground, 'GND'),
      A5: 'CC',
      A6: 'D+',
      A7: 'D−',
      A2: 'TX1+',
      A3: 'TX1−',
      B11: 'RX1+',
      B10: 'RX1−',
      B2: 'TX2+',
      B3: 'TX2−',
      A11: 'RX2+',
      A10: 'RX2−',
      A8: 'SBU1',
      B8: 'SBU2',
      B5: 'VCONN',
    },
    pairs: [
      ['A2', 'A3'],
      ['B11', 'B10'],
      ['B2', 'B3'],
      ['A11', 'A10'],
      ['A6', 'A7'],
    ],
    optional: [
      {
        without: 'USB 2.0 only: it has no SuperSpeed pairs.',
        near: ['A2', 'A3', 'B11', 'B10', 'B2', 'B3', 'A11', 'A10'],
      },
      { without: 'It has no sideband pair: no DisplayPort over this cable.', near: ['A8', 'B8'] },
      { without: 'It only charges: the data pair is not wired.', near: ['A6', 'A7'] },
    ],
    mustBeOpen: { B5: 'VCONN ends in the plug' },
  },
] satisfies Wiring[]
