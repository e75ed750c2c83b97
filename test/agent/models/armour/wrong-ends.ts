import { call, finish, raw, say } from '../../../../evals/models/steps.ts'
import { found, refused, told, unreadable, type WireFault } from './wire-fault.ts'

export const wrongEnds: WireFault[] = [
  {
    what: 'a call came, and the server says “stop”',
    source: 'ollama/ollama#7963',
    dialect: 'ollama',
    reply: [call('netbox_find_item', { text: 'rack' }), finish('stop')],
    expected: found(),
  },
  {
    what: 'no call came, and the server says “tool_calls”',
    source: 'vllm-project/vllm#53255',
    dialect: 'lm-studio',
    reply: [say('You own two racks.'), finish('tool_calls')],
    expected: told('You own two racks.'),
  },
  {
    what: 'the arguments are cut, and the server says “tool_calls”',
    source: 'NousResearch/hermes-agent#91717',
    dialect: 'openrouter',
    reply: [call('netbox_propose_record', '{"item_id": "item-'), finish('tool_calls')],
    expected: refused(unreadable),
  },
  {
    what: 'an empty object comes before the arguments',
    source: 'openai/openai-agents-js#712',
    dialect: 'openrouter',
    reply: [call('netbox_find_item', '{}{"text":"rack"}')],
    expected: found(),
  },
  {
    what: 'the arguments were turned into text twice',
    source: 'vllm-project/vllm#54964',
    dialect: 'omlx',
    reply: [call('netbox_find_item', JSON.stringify('{"text":"rack"}'))],
    expected: found(),
  },
  {
    what: 'the provider failed, and only the finish reason says so',
    source: 'OleksandrChekhovskyi/hax#15',
    dialect: 'openrouter',
    reply: [say('You own '), finish('error')],
    expected: refused('its answer broke off', 'You own '),
  },
  {
    what: 'the stream ends without an end: what came stays',
    source: 'earendil-works/pi#8460',
    dialect: 'openrouter',
    reply: [say('You own '), { kind: 'fault', fault: { kind: 'cut' } }],
    expected: refused('its answer broke off', 'You own '),
  },
  {
    what: 'an error in a field that no reader of streams looks at',
    source: 'ggml-org/llama.cpp#14566',
    dialect: 'llama-server',
    reply: [
      say('You own '),
      raw('error: {"code":500,"message":"secret-detail","type":"server_error"}\n\n'),
      { kind: 'fault', fault: { kind: 'cut' } },
    ],
    expected: refused('its answer broke off', 'You own '),
  },
  {
    what: 'one reserved token, over and over',
    source: 'ollama/ollama#17459',
    dialect: 'ollama',
    reply: [say('<unused49>\n'.repeat(500), 40)],
    expected: refused('it said the same over and over and was stopped'),
  },
]
