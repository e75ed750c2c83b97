import { type RoutingCase, routingTurns } from '../../worlds/routing-case.ts'

export default {
  name: 'small talk',
  split: 'test',
  groups: routingTurns(`
chitchat: hi
chitchat: good afternoon
chitchat: thank you very much
chitchat: ok
chitchat: perfect
chitchat: are you a robot?
chitchat: how is it going?
chitchat: you did well
chitchat: see you
chitchat: that was quick
chitchat: I am bored
chitchat: sing me a song
chitchat: it is raining here
chitchat: cool, thanks
chitchat: ignore that
`),
} satisfies RoutingCase
