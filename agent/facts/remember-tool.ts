import { z } from 'zod'
import type { Toolbox, ToolCard } from '../tools/toolbox.ts'
import type { Proposals } from './proposals.ts'

const remember: ToolCard = {
  name: 'hwlab_remember',
  server: 'hwlab',
  tool: 'remember',
  title: 'Remember a sentence',
  description:
    'Asks the person to keep one sentence for all conversations, only when they say so or state a lasting preference. Use their own words.',
  inputSchema: {
    type: 'object',
    properties: { sentence: { type: 'string', description: 'At most 200 characters' } },
    required: ['sentence'],
  },
  readOnly: false,
}

const argumentsSchema = z.object({ sentence: z.string() })

/** The toolbox with the agent's own tool for remembering: it only asks, and a person decides on the card. */
export function rememberingToolbox(toolbox: Toolbox, proposals: Proposals): Toolbox {
  return {
    ...toolbox,
    cards: [...toolbox.cards, remember],
    card: (name) => (name === remember.name ? remember : toolbox.card(name)),
    async call(name, args, options) {
      if (name !== remember.name) return toolbox.call(name, args, options)
      const parsed = argumentsSchema.safeParse(args)
      if (!parsed.success) return { kind: 'refused', why: 'Give the one sentence to remember.' }
      if (!options.asker)
        return { kind: 'refused', why: 'Only in a conversation can something be remembered.' }
      return proposals.propose(parsed.data.sentence, options.asker)
    },
    async resume(call, decided) {
      return call.server === remember.server
        ? proposals.outcome(decided.changeId)
        : toolbox.resume(call, decided)
    },
  }
}
