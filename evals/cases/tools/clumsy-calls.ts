import { untouched, wordsOf } from '../../checks/end-state.ts'
import { differs, faults } from '../../checks/faults.ts'
import { call, say } from '../../models/steps.ts'
import type { TrialFile } from '../../trial.ts'
import { agentTrial } from '../../worlds/agent-trial.ts'
import { lookUp } from '../../worlds/tool-trial.ts'

/** Models that call badly: they are told so, and may do better. */
const clumsyCalls: TrialFile = {
  name: 'clumsy calls',
  trials: [
    lookUp(
      'what is the serial number of the old router?',
      [/D9A10BC55E21/],
      [
        { said: /old router/, does: call('netbox_find_item', { query: 'old-router' }) },
        { got: /[Ii]nvalid/, does: call('netbox_find_item', { text: 'old-router' }, 'call_2') },
        { got: /"serial":"(\w+)"/, does: (_, [, serial]) => say(`It is ${serial}.`) },
      ],
    ),
    lookUp(
      'is there a spare raspberry pi?',
      [/HW-00107/],
      [
        { said: /raspberry/, does: call('netbox_search_everything', { text: 'pi' }) },
        {
          got: /no tool|not.*available|unavailable/i,
          does: call('netbox_find_item', { text: 'backup-pi' }, 'call_2'),
        },
        { got: /"tag":"(HW-\d+)"/, does: (_, [, tag]) => say(`Yes, ${tag}.`) },
      ],
    ),
    agentTrial({
      name: 'a model that asks the same again and again is stopped',
      rules: [
        { said: /garage/, does: call('netbox_find_item', { text: 'garage-ap' }) },
        { got: /./, does: call('netbox_find_item', { text: 'garage-ap' }, 'call_9') },
      ],
      async play(world, model) {
        const before = world.state()
        const said = await world.say('what lies in the garage?')
        return [
          ...differs('outcome', said.kind === 'answered' && said.outcome, 'done'),
          ...faults([/twice/.test(wordsOf(said)), `nobody is told: “${wordsOf(said)}”`]),
          ...faults([(model?.conversations().length ?? 0) <= 3, 'it was asked more than three times']),
          ...untouched(before, world.state()),
        ]
      },
    }),
    agentTrial({
      name: 'a model that never comes to an end is stopped after five steps',
      rules: [
        { said: /everything/, does: call('netbox_find_item', { text: 'a' }) },
        {
          got: /./,
          does: ({ messages }) =>
            call('netbox_find_item', { text: `a${messages.length}` }, `call_${messages.length}`),
        },
      ],
      async play(world, model) {
        const said = await world.say('tell me everything about all my things')
        return [
          ...differs('calls of the model', model?.conversations().length, 5),
          ...faults([/step/i.test(wordsOf(said)), `nobody is told: “${wordsOf(said)}”`]),
        ]
      },
    }),
  ],
}

export default clumsyCalls
