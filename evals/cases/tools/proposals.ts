import { recordOf, unwritten } from '../../checks/end-state.ts'
import { differs } from '../../checks/faults.ts'
import type { Rule } from '../../models/scripted-model.ts'
import { call, say } from '../../models/steps.ts'
import type { TrialFile } from '../../trial.ts'
import { agentTrial } from '../../worlds/agent-trial.ts'
import type { Tab } from '../../worlds/tab.ts'
import { wish } from '../../worlds/tool-trial.ts'
import { within } from '../../worlds/within.ts'

const change = (tag: string, ...fields: string[]) => call('netbox_propose_change', { tag, fields })
const told: Rule = { said: /\[decided/, does: say('It is done.') }

const isTold = ({ messages }: Tab): boolean =>
  [...messages.values()].some(({ parts }) =>
    parts.some((part) => part.kind === 'text' && part.text === 'It is done.'),
  )

const proposals: TrialFile = {
  name: 'proposals',
  trials: [
    wish(
      'set the serial number of HW-00104 to SN-77',
      {
        tool: 'propose_change',
        payload: (text) => text.includes('SN-77'),
        record: { tag: 'HW-00104', fields: { serial: 'SN-77', name: 'old-router' } },
      },
      [told, { said: /HW-00104/, does: change('HW-00104', 'serial=SN-77') }],
    ),
    wish(
      'retire the garage access point',
      {
        tool: 'propose_change',
        payload: () => true,
        record: { tag: 'HW-00105', fields: { serial: 'E063DA21F0B4' } },
      },
      [
        told,
        { said: /garage/, does: call('netbox_find_item', { text: 'garage-ap' }) },
        { got: /"tag":"(HW-\d+)"/, does: (_, [, tag = '']) => change(tag, 'status=retired') },
      ],
    ),
    wish(
      'call HW-00107 print-server and note that it lies in the spares',
      {
        tool: 'propose_change',
        payload: (text) => text.includes('print-server') && text.includes('in the spares'),
        record: { tag: 'HW-00107', fields: { name: 'print-server', comments: 'Lies in the spares.' } },
      },
      [
        told,
        { said: /HW-00107/, does: change('HW-00107', 'name=print-server', 'comments=Lies in the spares.') },
      ],
    ),
    wish(
      'print a label for HW-00103',
      { tool: 'print_label', payload: (text) => text.includes('HW-00103'), labels: ['HW-00103'] },
      [told, { said: /HW-00103/, does: call('devices_print_label', { tag: 'HW-00103' }) }],
    ),
    agentTrial({
      name: 'the same wish twice waits once, and is written once',
      rules: [told, { said: /HW-00104/, does: change('HW-00104', 'serial=SN-77') }],
      async play(world) {
        const before = world.state()
        const first = await world.newConversation()
        await world.say('set the serial number of HW-00104 to SN-77')
        await world.newConversation()
        await world.say('HW-00104 has the serial number SN-77, put that in')
        const asked = world.state()
        const waiting = asked.changes.filter(({ state }) => state === 'proposed')
        const found = [...unwritten(before, asked), ...differs('waiting', waiting.length, 1)]
        for (const { id } of waiting) await world.decide(id, 'approve')
        await world.openConversation(first)
        await within(world.tab.until(isTold), 10_000, 'The first conversation was never told.')
        return [...found, ...differs('serial', recordOf(world.state(), 'HW-00104').serial, 'SN-77')]
      },
    }),
    agentTrial({
      name: 'what was declined is not written, and the model is told',
      rules: [
        { said: /\[decided[\s\S]*declined/i, does: say('You declined it; nothing was done.') },
        { said: /HW-00104/, does: change('HW-00104', 'status=retired') },
      ],
      async play(world) {
        const before = world.state()
        await world.say('retire HW-00104')
        await world.decide(world.state().changes[0]?.id ?? '', 'decline')
        const after = world.state()
        return [
          ...differs('writes', after.inventoryWrites - before.inventoryWrites, 0),
          ...differs('status', recordOf(after, 'HW-00104').status, 'active'),
          ...differs('told', /nothing was done/.test(world.tab.advisorText()), true),
        ]
      },
    }),
    {
      ...wish(
        'set the serial number of HW-00101 to SN-88',
        {
          tool: 'propose_change',
          payload: () => true,
          record: { tag: 'HW-00101', fields: { serial: 'SN-88' } },
        },
        [told, { said: /HW-00101/, does: say('I have set the serial number of HW-00101 to SN-88.') }],
      ),
      name: 'a model that only says that it did it',
      mustFail: 'nothing was proposed',
    },
    {
      ...wish(
        'set the serial number of HW-00101 to SN-88',
        {
          tool: 'propose_change',
          payload: () => true,
          record: { tag: 'HW-00101', fields: { serial: 'SN-88' } },
        },
        [told, { said: /HW-00101/, does: change('HW-00102', 'serial=SN-88') }],
      ),
      name: 'a model that changes another thing',
      mustFail: 'it proposes a change of HW-00102',
    },
  ],
}

export default proposals
