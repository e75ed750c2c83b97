import { wordsOf } from '../../checks/end-state.ts'
import { differs, faults } from '../../checks/faults.ts'
import { call, fault, hold, say } from '../../models/steps.ts'
import type { TrialFile } from '../../trial.ts'
import { answer, costTrial } from '../../worlds/cost-trial.ts'

const ask = 'how many racks do I own?'

export default {
  name: 'caps',
  trials: [
    costTrial({
      name: 'a cap of zero: the cloud is not asked, and the person is told',
      sells: answer(0.001),
      async play({ world, cloud }) {
        await world.tab.ask('spend-caps-set', { queryUsd: 0.05, dayUsd: 0, monthUsd: 5 })
        const said = await world.say(ask)
        const why = said.kind === 'answered' ? said.answeredBy?.why : said.why
        return [
          ...differs('questions to the cloud', cloud.conversations().length, 0),
          ...faults([/cap/.test(why ?? ''), `nobody is told: “${why}”`]),
        ]
      },
    }),
    costTrial({
      name: 'a cap that is reached in the middle: no further step, and what was found is told',
      sells: () => ({ steps: [call('netbox_find_item', { text: 'nas' })], costUsd: 0.048 }),
      async play({ world, cloud }) {
        const said = await world.say(ask)
        return [
          ...differs('steps', cloud.conversations().length, 1),
          ...faults([/cap/.test(wordsOf(said)), `nobody is told: “${wordsOf(said).slice(0, 200)}”`]),
          ...differs('calls', said.kind === 'answered' && said.calls.map(({ state }) => state), ['done']),
        ]
      },
    }),
    costTrial({
      name: 'a day of questions ends at the cap of the day',
      sells: answer(0.02),
      async play({ world, books }) {
        await world.tab.ask('spend-caps-set', { queryUsd: 0.05, dayUsd: 0.09, monthUsd: 5 })
        for (let count = 0; count < 8; count++) await world.say(`${ask} (${count})`)
        return faults(
          [books.sum() <= 0.09, `it cost ${books.sum()}`],
          [books.sold.size >= 2, 'it was hardly asked'],
        )
      },
    }),
    costTrial({
      name: 'an answer that breaks off is paid as the provider says',
      sells: () => ({ steps: [say('Two '), fault({ kind: 'reset' })], costUsd: 0.0031 }),
      async play({ world }) {
        const said = await world.say(ask)
        return faults([wordsOf(said).trim() !== '', 'nothing was said'])
      },
    }),
    costTrial({
      name: 'an answer that the person stops is paid as the provider says',
      sells: () => ({ steps: [say('Two '), hold(new Promise(() => {}))], costUsd: 0.0007 }),
      async play({ world }) {
        const conversationId = await world.newConversation()
        const saying = world.say(ask)
        await world.tab.until(({ chunks }) => chunks.some(({ body }) => body.kind === 'text-delta'))
        await world.tab.ask('run-stop', { conversationId })
        const said = await saying
        return differs('outcome', said.kind === 'answered' && said.outcome, 'stopped')
      },
    }),
    costTrial({
      name: 'a provider whose page tells less than its books is seen',
      mustFail: 'the page says half of what was sold',
      sells: () => ({ steps: [say('Two '), fault({ kind: 'reset' })], costUsd: 0.004 }),
      tells: (costUsd) => costUsd / 2,
      async play({ world }) {
        await world.say(ask)
        return []
      },
    }),
  ],
} satisfies TrialFile
