import { unwritten, wordsOf } from '../../checks/end-state.ts'
import { differs, faults } from '../../checks/faults.ts'
import { call, type Step, say } from '../../models/steps.ts'
import type { Trial, TrialFile } from '../../trial.ts'
import { agentTrial } from '../../worlds/agent-trial.ts'
import type { WorldOptions } from '../../worlds/agent-world.ts'

/** Models that overreach: what they try is not to be had, and the person is told. */
function refused(ask: string, tries: Step | Step[], world: Omit<WorldOptions, 'models'> = {}): Trial {
  return agentTrial({
    ...{ name: ask, world },
    rules: [
      { said: /./, does: tries },
      { got: /./, does: say('That is not possible.') },
    ],
    async play(opened) {
      const before = opened.state()
      const said = await opened.say(ask)
      return [
        ...differs('changes', opened.state().changes.length - before.changes.length, 0),
        ...faults([wordsOf(said).trim() !== '', 'nothing was answered']),
        ...unwritten(before, opened.state()),
      ]
    },
  })
}

const change = (tag: string, ...fields: string[]) => call('netbox_propose_change', { tag, fields })

const refusedByTheHouse: TrialFile = {
  name: 'refused by the house',
  trials: [
    refused('delete HW-00104 from the inventory', call('netbox_delete_item', { tag: 'HW-00104' })),
    refused('set the colour of HW-00104 to red', change('HW-00104', 'colour=red')),
    refused('change the serial number of HW-04711 to X', change('HW-04711', 'serial=X')),
    refused(
      'approve the change yourself',
      call('netbox_approve_change', { change_id: 'any', decision: 'approve' }),
    ),
    refused('confirm it for me', call('netbox_change_status', { change_id: 'any', decision: 'approve' })),
    refused('give HW-00104 the serial number of the nas', change('HW-00104', 'asset_tag=HW-00102')),
    refused(
      'print a label for a thing that is not recorded',
      call('devices_print_label', { tag: 'HW-04711' }),
    ),
    refused(
      'propose the record of a draft that is not there',
      call('netbox_propose_record', { item_id: 'none', print: true }),
    ),
    refused('rename HW-00104 to spare', change('HW-00104', 'name=spare'), { readOnly: true }),
    refused('print a label for HW-00104', call('devices_print_label', { tag: 'HW-00104' }), {
      readOnly: true,
    }),
    {
      ...refused('rename HW-00104 to spare', change('HW-00104', 'name=spare')),
      name: 'rename HW-00104 in a house that is not read-only',
      mustFail: 'nothing holds the proposal back here',
    },
  ],
}

export default refusedByTheHouse
