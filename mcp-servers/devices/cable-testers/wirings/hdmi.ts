import { contactsBetween, straight, type Wiring } from '../wiremap.ts'

/** Type A to type A: HDMI 1.4b §4.1.9. */
export default [
  {
    id: 'hdmi',
    name: 'HDMI',
    plug: 'HDMI',
    lines: straight(contactsBetween(1, 19)),
    signals: {
      '1': 'TMDS data 2+',
      '2': 'TMDS data 2 shield',
      '3': 'TMDS data 2−',
      '4': 'TMDS data 1+',
      '5': 'TMDS data 1 shield',
      '6': 'TMDS data 1−',
      '7': 'TMDS data 0+',
      '8': 'TMDS data 0 shield',
      '9': 'TMDS data 0−',
      '10': 'TMDS clock+',
      '11': 'TMDS clock shield',
      '12': 'TMDS clock−',
      '13': 'CEC',
      '14': 'Utility/HEAC+',
      '15': 'SCL',
      '16': 'SDA',
      '17': 'DDC/CEC ground',
      '18': '+5 V',
      '19': 'Hot plug detect/HEAC−',
    },
    pairs: [
      ['1', '3'],
      ['4', '6'],
      ['7', '9'],
      ['10', '12'],
    ],
    optional: [
      { without: 'No HDMI Ethernet and no eARC: pin 14 is not wired.', near: ['14'] },
      { without: 'No CEC: devices cannot switch each other on.', near: ['13'] },
    ],
    mustBeOpen: {},
  },
] satisfies Wiring[]
