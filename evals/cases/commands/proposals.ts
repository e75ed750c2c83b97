import { proposedOnly, recordOf, saysBack, unwritten } from '../../checks/end-state.ts'
import { differs } from '../../checks/faults.ts'
import type { TrialFile } from '../../trial.ts'
import { agentTrial } from '../../worlds/agent-trial.ts'

/** What is typed waits for the person; after “approve” it is done, and once. */
const proposals: TrialFile = {
  name: 'proposals',
  trials: [
    agentTrial({
      name: 'change waits, is written once, and is taken back by undo',
      async play(world) {
        const before = world.state()
        await world.say('change HW-00104 serial=SN-77')
        const asked = world.state()
        const found = [
          ...unwritten(before, asked),
          ...proposedOnly(asked, { tool: 'propose_change', title: /serial number .*HW-00104/ }),
        ]
        await world.decide(asked.changes[0]?.id ?? '', 'approve')
        found.push(...differs('serial', recordOf(world.state(), 'HW-00104').serial, 'SN-77'))
        await world.say('undo HW-00104')
        const undo = world.state().changes.at(-1)
        await world.decide(undo?.id ?? '', 'approve')
        return [...found, ...differs('serial', recordOf(world.state(), 'HW-00104').serial, 'D9A10BC55E21')]
      },
    }),
    agentTrial({
      name: 'a declined change is not written',
      async play(world) {
        const before = world.state()
        await world.say('change HW-00105 status=retired')
        const [change] = world.state().changes
        const ended = await world.decide(change?.id ?? '', 'decline')
        const after = world.state()
        return [
          ...differs('state', ended.state, 'declined'),
          ...differs('writes', after.inventoryWrites - before.inventoryWrites, 0),
          ...differs('status', recordOf(after, 'HW-00105').status, 'active'),
        ]
      },
    }),
    agentTrial({
      name: 'print waits, and one label comes out',
      async play(world) {
        const before = world.state()
        await world.say('print HW-00104')
        const asked = world.state()
        const ended = await world.decide(asked.changes[0]?.id ?? '', 'approve')
        return [
          ...unwritten(before, asked),
          ...proposedOnly(asked, { tool: 'print_label', title: /HW-00104/ }),
          ...differs('state', ended.state, 'done'),
          ...differs(
            'labels',
            world.state().printJobs.map(({ tag, state }) => [tag, state]),
            [['HW-00104', 'printed']],
          ),
        ]
      },
    }),
    agentTrial({
      name: 'describe keeps a draft, and writes no record',
      async play(world) {
        const before = world.state()
        const found = await saysBack(world, 'describe Cisco C9300-24T S/N FOC2133V0AB', [/Cisco/])
        return [...found, ...unwritten(before, world.state())]
      },
    }),
    agentTrial({
      name: 'a read-only house takes no change',
      world: { readOnly: true },
      async play(world) {
        const before = world.state()
        const found = await saysBack(world, 'change HW-00104 serial=SN-77', [/read-only/i])
        return [...found, ...differs('changes', world.state().changes.length, before.changes.length)]
      },
    }),
    agentTrial({
      name: 'a read-only house prints no label, on no printer',
      world: { readOnly: true },
      async play(world) {
        const found = await saysBack(world, 'print HW-00104 on png', [/read-only/i])
        return [...found, ...differs('changes', world.state().changes, [])]
      },
    }),
    agentTrial({
      name: 'a change that nobody asked for is seen',
      mustFail: 'the trial itself changes the record of another thing',
      async play(world) {
        const before = world.state()
        await world.say('change HW-00103 name=renamed')
        await world.decide(world.state().changes[0]?.id ?? '', 'approve')
        return unwritten(before, world.state())
      },
    }),
  ],
}

export default proposals
