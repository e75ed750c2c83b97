import type { Message } from '../../agent/protocol/messages.ts'

export const fakeAnsweredBy: NonNullable<Message['answeredBy']> = {
  model: 'Commands',
  where: 'commands',
  why: 'No model is connected, so the commands answered.',
  inputTokens: null,
  outputTokens: null,
  elapsedMs: 1240,
  costUsd: 0,
  finish: 'stop',
  prompt: null,
}
