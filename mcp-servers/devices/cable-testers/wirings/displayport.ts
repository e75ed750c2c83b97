import { contactsBetween, straight, type Wiring } from '../wiremap.ts'

/**
 * Full-size to full-size: VESA DisplayPort 1.2 §4.2.1. The four lanes meet the mirrored contacts of the sink; DP_PWR
 * feeds adapters and does not run through a cable.
 */
export default [
  {
    id: 'displayport',
    name: 'DisplayPort',
    plug: 'DisplayPort',
    lines: {
      ...Object.fromEntries(contactsBetween(1, 12).map((pin) => [pin, [`${13 - Number(pin)}`]])),
      ...straight(contactsBetween(13, 19)),
    },
    signals: {
      '1': 'Lane 0+',
      '2': 'Lane 0 ground',
      '3': 'Lane 0−',
      '4': 'Lane 1+',
      '5': 'Lane 1 ground',
      '6': 'Lane 1−',
      '7': 'Lane 2+',
      '8': 'Lane 2 ground',
      '9': 'Lane 2−',
      '10': 'Lane 3+',
      '11': 'Lane 3 ground',
      '12': 'Lane 3−',
      '13': 'CONFIG1',
      '14': 'CONFIG2',
      '15': 'AUX+',
      '16': 'AUX ground',
      '17': 'AUX−',
      '18': 'Hot plug detect',
      '19': 'Return',
      '20': 'DP_PWR',
    },
    pairs: [
      ['1', '3'],
      ['4', '6'],
      ['7', '9'],
      ['10', '12'],
      ['15', '17'],
    ],
    optional: [],
    mustBeOpen: { '20': 'it feeds one device into the other' },
  },
] satisfies Wiring[]
