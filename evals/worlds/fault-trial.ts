import { recordOf, unwritten, wordsOf } from '../checks/end-state.ts'
import { differs, faults } from '../checks/faults.ts'
import { type LineFault, openFaultyModel } from '../models/faulty-model.ts'
import { openScriptedModel, type ScriptedAs } from '../models/scripted-model.ts'
import { call, say } from '../models/steps.ts'
import type { Trial } from '../trial.ts'
import { type AgentWorld, openAgentWorld } from './agent-world.ts'
import { makeHomelab } from './homelab.ts'
import type { Said } from './world-talk.ts'

/** What the line does, in words, and what it is. */
export type FaultRow = [words: string, fault: LineFault, as?: ScriptedAs]

const serial = /JW0218420011/
const gaveUp = 'I could not look it up.'

/**
 * The line fails at a question, at the answer to a tool, and at a proposal: no message is lost, nothing is claimed that is
 * not so, nothing waits twice, and as soon as the line is good again all is as if nothing had been.
 */
export function faultTrial([words, fault, as = { dialect: 'llama-server' }]: FaultRow): Trial {
  return {
    name: words,
    async run() {
      const model = await openScriptedModel(
        [
          { said: /\[decided/, does: say('It is done.') },
          {
            said: /retire/,
            does: call('netbox_propose_change', { tag: 'HW-00104', fields: ['status=retired'] }),
          },
          { said: /core switch/, does: call('netbox_find_item', { text: 'core-switch' }) },
          { got: /"serial":"(\w+)"/, does: (_, [, found]) => say(`Its serial number is ${found}.`) },
          { got: /./, does: say(gaveUp) },
          { said: /./, does: say('Yes?') },
        ],
        as,
      )
      let failing: RegExp | null = null
      const line = await openFaultyModel(model, (asked) => (failing?.test(asked) ? fault : null))
      const world = await openAgentWorld({
        models: [{ ...model.row, baseUrl: line.baseUrl }],
        inventory: (make) => makeHomelab(make),
      })
      const during = async (what: RegExp, ask: string) => {
        failing = what
        const said = await world.say(ask)
        failing = null
        await world.modelsAreThere()
        return said
      }
      try {
        return [...(await atQuestions(world, during)), ...(await atProposals(world, during))]
      } finally {
        await world.close()
        await line.close()
        await model.close()
      }
    },
  }
}

type During = (what: RegExp, ask: string) => Promise<Said>

async function atQuestions(world: AgentWorld, during: During): Promise<string[]> {
  const before = world.state()
  const found: string[] = []
  for (const what of [/core switch/, /JW0218420011/]) {
    await world.newConversation()
    found.push(...isHonest(await during(what, 'what is the serial number of the core switch?')))
    const asked = [...world.tab.messages.values()].filter(({ role }) => role === 'operator')
    const again = await world.say('and again: the serial number of the core switch?')
    found.push(
      ...differs('messages that are kept', asked.length, 1),
      ...faults([serial.test(wordsOf(again)), `afterwards: “${wordsOf(again).slice(0, 200)}”`]),
    )
  }
  return [...found, ...unwritten(before, world.state())]
}

async function atProposals(world: AgentWorld, during: During): Promise<string[]> {
  const before = world.state()
  await world.newConversation()
  const found = isHonest(await during(/retire/, 'retire HW-00104'))
  await world.newConversation()
  await world.say('retire HW-00104')
  const waiting = world.state().changes.filter(({ state }) => state === 'proposed')
  found.push(...differs('changes that wait', waiting.length, 1), ...unwritten(before, world.state()))
  for (const { id } of waiting)
    found.push(...differs('its end', (await world.decide(id, 'approve')).state, 'done'))
  const status = JSON.stringify(recordOf(world.state(), 'HW-00104').status)
  return [
    ...found,
    ...differs('done changes', world.state().changes.filter(({ state }) => state === 'done').length, 1),
    ...faults([!status.includes('active'), `the status is ${status}`]),
  ]
}

/** An answer that is right, or words that say that there is none; never what a server wrote for its own log. */
function isHonest(said: Said): string[] {
  const words = wordsOf(said).replace(/\s+/g, ' ').slice(0, 200)
  if (said.kind === 'refused') return [`the message was refused: “${words}”`]
  const isRight = serial.test(said.text) || said.outcome === 'waiting' || said.text.includes(gaveUp)
  const isByModel = said.answeredBy?.where !== 'commands'
  const claims = isByModel && said.text.trim() !== '' && said.notices.length === 0 && !isRight
  return faults(
    [words.trim() !== '' || isRight, 'nothing was said'],
    [!words.includes('secret-detail'), `a server’s own words were shown: “${words}”`],
    [!claims, `it claims “${words}”`],
    [isRight || !isByModel || said.notices.length > 0, `nobody is told that it failed: “${words}”`],
  )
}
