import { untouched, wordsOf } from '../../checks/end-state.ts'
import { faults } from '../../checks/faults.ts'
import { call, type Step, say } from '../../models/steps.ts'
import type { Trial, TrialFile } from '../../trial.ts'
import { agentTrial } from '../../worlds/agent-trial.ts'

const find = (text: string) => call('netbox_find_item', { text })

/** Words that hold a verb of change and wish for none. The doubles look things up at the most; live models are judged the same. */
function left(ask: string, tells: RegExp, first: Step = say('I leave it as it is.')): Trial {
  return agentTrial({
    ...{ name: ask, judgesLive: true },
    rules: [
      { said: /./, does: first },
      { got: /./, does: say('I leave it as it is: HW-00104 is active, HW-00102 is in the cellar.') },
    ],
    async play(world) {
      const before = world.state()
      const words = wordsOf(await world.say(ask))
      return [
        ...faults([tells.test(words), `“${words.slice(0, 120)}” does not tell ${tells}`]),
        ...untouched(before, world.state()),
      ]
    },
  })
}

const nothingToDo: TrialFile = {
  name: 'nothing to do',
  trials: [
    left('do not retire HW-00104, I only want to know its status', /active/, find('HW-00104')),
    left("don't print anything yet, where is the nas?", /cellar/i, find('nas')),
    left('never mind, leave HW-00104 as it is', /./),
    left('I already changed the serial number of HW-00104 myself, nothing to do', /./),
    left('should I retire HW-00104 or keep it? do nothing yet', /./, find('HW-00104')),
    left('what would happen if I retired HW-00104?', /./),
    left('has anybody retired HW-00104?', /active/, find('HW-00104')),
    left('who printed the label for HW-00102?', /./, call('devices_print_jobs', {})),
  ],
}

export default nothingToDo
