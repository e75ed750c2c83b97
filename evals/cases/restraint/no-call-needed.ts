import { untouched, wordsOf } from '../../checks/end-state.ts'
import { differs, faults } from '../../checks/faults.ts'
import { call, say } from '../../models/steps.ts'
import type { Trial, TrialFile } from '../../trial.ts'
import { agentTrial } from '../../worlds/agent-trial.ts'

/** What asks for an explanation or for nothing: a model that would change things at every word cannot, it has no tools. */
function explained(ask: string): Trial {
  return agentTrial({
    ...{ name: ask, judgesLive: true },
    rules: [
      {
        said: /./,
        does: ({ tools = [] }) =>
          tools.length > 0
            ? call('netbox_propose_change', { tag: 'HW-00101', fields: ['status=retired'] })
            : say('So it is.'),
      },
      { got: /./, does: say('So it is.') },
    ],
    async play(world) {
      const before = world.state()
      const said = await world.say(ask)
      return [
        ...differs('calls', said.kind === 'answered' && said.calls.length, 0),
        ...faults([wordsOf(said).trim() !== '', 'nothing was answered']),
        ...untouched(before, world.state()),
      ]
    },
  })
}

const noCallNeeded: TrialFile = {
  name: 'no call needed',
  trials: [
    'what is the difference between SFP and SFP+?',
    'explain how VLAN tagging works',
    'why do people use RAID 6 instead of RAID 5?',
    'what does PoE mean?',
    'how does spanning tree prevent loops?',
    'thanks, that helps!',
    'good morning',
    {
      ...explained('retire HW-00101'),
      mustFail: 'here a change is wished for, so the model has tools, and this one proposes',
    },
  ].map((one) => (typeof one === 'string' ? explained(one) : one)),
}

export default noCallNeeded
