import { contactsBetween, straight, type Wiring } from '../wiremap.ts'

/** Standard-A contacts: USB 2.0 §6.5 and USB 3.2 §5.4; to Type-C: USB Type-C specification, table 3-12. What a host receives on, a device sends on. */
const usbA = {
  plug: 'USB-A',
  signals: {
    '1': 'VBUS',
    '2': 'D−',
    '3': 'D+',
    '4': 'GND',
    '5': 'SSRX−',
    '6': 'SSRX+',
    '7': 'GND_DRAIN',
    '8': 'SSTX−',
    '9': 'SSTX+',
  },
  pairs: [
    ['2', '3'],
    ['5', '6'],
    ['8', '9'],
  ],
  optional: [
    { without: 'USB 2.0 only: it has no SuperSpeed pairs.', near: ['5', '6', '7', '8', '9'] },
    { without: 'It only charges: the data pair is not wired.', near: ['2', '3'] },
  ],
  mustBeOpen: {},
} satisfies Partial<Wiring>

const powerOfC = ['A4', 'A9', 'B4', 'B9']
const groundOfC = ['A1', 'A12', 'B1', 'B12']

export default [
  { ...usbA, id: 'usb-a', name: 'USB-A to USB-B', lines: straight(contactsBetween(1, 9)) },
  {
    ...usbA,
    id: 'usb-a-to-c',
    name: 'USB-A to USB-C',
    lines: {
      '1': powerOfC,
      '2': ['A7'],
      '3': ['A6'],
      '4': groundOfC,
      '5': ['A3'],
      '6': ['A2'],
      '7': groundOfC,
      '8': ['B10'],
      '9': ['B11'],
    },
  },
] satisfies Wiring[]
