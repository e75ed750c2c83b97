import { call, say } from '../../models/steps.ts'
import type { TrialFile } from '../../trial.ts'
import { lookUp } from '../../worlds/tool-trial.ts'

const find = (text: string) => call('netbox_find_item', { text })

/** What a tool tells reaches the model whole enough to be told on. The doubles tell on only what they were told. */
const lookUps: TrialFile = {
  name: 'look-ups',
  trials: [
    lookUp(
      'what is the serial number of the core switch?',
      [/JW0218420011/],
      [
        { said: /core switch/, does: find('core-switch') },
        { got: /"serial":"(\w+)"/, does: (_, [, serial]) => say(`It is ${serial}.`) },
      ],
    ),
    lookUp(
      'where is HW-00105?',
      [/Garage/],
      [
        { said: /HW-00105/, does: find('HW-00105') },
        { got: /"location":"([^"]+)"/, does: (_, [, place]) => say(`In the ${place}.`) },
      ],
    ),
    lookUp(
      'which model is the nas in the cellar?',
      [/DS923\+/],
      [
        { said: /nas/, does: find('HW-00102') },
        { got: /"model":"([^"]+)"/, does: (_, [, model]) => say(`A ${model}.`) },
      ],
    ),
    lookUp(
      'which of my machines are NAS boxes?',
      [/HW-00102/, /HW-00108/],
      [
        { said: /NAS/, does: find('nas') },
        {
          got: /"tag":"(HW-\d+)".*"tag":"(HW-\d+)"/s,
          does: (_, [, one, other]) => say(`${one} and ${other}.`),
        },
      ],
    ),
    lookUp(
      'do I own a Cisco C9300?',
      [/not|no/i],
      [
        { said: /C9300/, does: find('C9300') },
        { got: /Nothing like it/, does: say('No, nothing like it is in the inventory.') },
      ],
    ),
    lookUp(
      'does anything still wait to be saved?',
      [/Everything is saved/],
      [
        { said: /saved/, does: call('netbox_queue_state', {}) },
        { got: /(Everything is saved\.)/, does: (_, [, words = '']) => say(words) },
      ],
    ),
    lookUp(
      'which label printers are there?',
      [/QL-820NWB/],
      [
        { said: /printers/, does: call('devices_list_printers', {}) },
        { got: /(Brother QL-820NWB)/, does: (_, [, name]) => say(`There is a ${name}.`) },
      ],
    ),
    lookUp(
      'what is plugged in?',
      [/Nothing|no devices/i],
      [
        { said: /plugged in/, does: call('devices_list_devices', {}) },
        { got: /./, does: say('Nothing is plugged in.') },
      ],
    ),
    lookUp(
      'search the web: how many SFP+ ports does a CRS305 have?',
      [/four|4/, /mikrotik\.example/],
      [
        { said: /CRS305/, does: call('searxng_search_web', { query: 'MikroTik CRS305 SFP+ ports' }) },
        { got: /"url":"([^"]+)".*four SFP\+/s, does: (_, [, url]) => say(`It has four, says ${url}.`) },
      ],
      {
        web: () => [
          {
            url: 'https://mikrotik.example/crs305',
            title: 'CRS305-1G-4S+',
            content: 'It has four SFP+ ports.',
          },
        ],
      },
    ),
  ],
}

export default lookUps
