import { faults } from '../../checks/faults.ts'
import { call, say } from '../../models/steps.ts'
import type { TrialFile } from '../../trial.ts'
import { answer, costTrial } from '../../worlds/cost-trial.ts'

/** As somebody uses it who has a small model at home and a strong one to pay for. */
const turns = [
  'find nas',
  'where is the core switch?',
  'what is the serial number of HW-00104?',
  '/queue',
  'do I own a Cisco C9300?',
  'plan how to move everything from the garage to the cellar, step by step',
  'what does PoE mean?',
  'thanks!',
  'which of my things are switches?',
  'printers',
  'rename HW-00107 to print-server',
  'what is the difference between SFP and SFP+?',
  'search the web: how much power does a CRS305 draw?',
  'show HW-00101',
  'is there a spare router?',
  'help',
  'where did I put the raspberry pi?',
  'what is plugged in?',
  'explain how VLAN tagging works',
  'is anything still waiting to be saved?',
]

export default {
  name: 'a week of turns',
  trials: [
    costTrial({
      name: 'four turns of five cost nothing',
      sells: answer(0.004),
      local: [
        {
          said: /rename/,
          does: call('netbox_propose_change', { tag: 'HW-00107', fields: ['name=print-server'] }),
        },
        { said: /./, does: say('So it is.') },
      ],
      async play({ world }) {
        const costs: number[] = []
        for (const turn of turns) {
          await world.newConversation()
          const said = await world.say(turn)
          if (said.kind === 'refused') return [`“${turn}”: ${said.why}`]
          costs.push(said.costUsd)
        }
        const free = costs.filter((cost) => cost === 0).length
        const paid = costs.filter((cost) => cost > 0).sort((a, b) => a - b)
        return faults(
          [free / turns.length >= 0.8, `${free} of ${turns.length} turns cost nothing`],
          [paid.length > 0, 'nothing went to the cloud, so this shows nothing'],
          [(paid[Math.floor(paid.length / 2)] ?? 0) <= 0.005, `a paid turn costs ${paid}`],
        )
      },
    }),
  ],
} satisfies TrialFile
