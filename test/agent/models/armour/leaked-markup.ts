import { call, say, think } from '../../../../evals/models/steps.ts'
import { asText, found, refused, told, unreadable, type WireFault } from './wire-fault.ts'

export const gemmaFaults: WireFault[] = [
  {
    what: 'Gemma’s own call is in the text',
    source: 'jundot/omlx#593',
    dialect: 'omlx',
    reply: [say('<|tool_call>call:netbox_find_item{text:<|"|>rack<|"|>,limit:3}<tool_call|>', 9)],
    expected: found({ text: 'rack', limit: 3 }),
  },
  {
    what: 'a call that changes something is in the text: nothing happens, and nobody sees the markup',
    source: 'jundot/omlx#581',
    dialect: 'omlx',
    reply: [
      say('I file it. <|tool_call>call:netbox_propose_record{item_id:<|"|>item-1<|"|>}<tool_call|>', 7),
    ],
    expected: refused(asText, 'I file it. '),
  },
  {
    what: 'single quotes, and a delimiter that dangles behind them',
    source: 'ollama/ollama#15315',
    dialect: 'ollama',
    reply: [say(`<|tool_call>call:netbox_find_item{limit:3,text:':\\s*rack, 2U'<|"|>}<tool_call|>`)],
    expected: found({ limit: 3, text: ':\\s*rack, 2U' }),
  },
  {
    what: '`key=value` instead of `key:value`',
    source: 'ollama/ollama#17882',
    dialect: 'ollama',
    reply: [say(`<|tool_call>call:netbox_find_item{text='rack',limit=3}<tool_call|>`)],
    expected: found({ text: 'rack', limit: 3 }),
  },
  {
    what: 'plain JSON quotes in Gemma’s form',
    source: 'vllm-project/vllm#51284',
    dialect: 'lm-studio',
    reply: [say('<|tool_call>call:netbox_find_item{text:"FOC, {1}", limit: 3}<tool_call|>')],
    expected: found({ text: 'FOC, {1}', limit: 3 }),
  },
  {
    what: 'the name has a namespace',
    source: 'jundot/omlx#1830',
    dialect: 'omlx',
    reply: [say(`<|tool_call>call:google:mcp:netbox:netbox_find_item{text:'rack'}<tool_call|>`)],
    expected: found(),
  },
  {
    what: 'BEGIN_ARG blocks that nobody can read',
    source: 'ollama/ollama#18275',
    dialect: 'ollama',
    reply: [
      say(
        '<|tool_call>call:netbox_find_item:\nBEGIN_ARG:\n<|channel>thought\n<channel|>rack\nEND_ARG\n<tool_call|>',
      ),
    ],
    expected: refused(unreadable),
  },
  {
    what: 'a stray `<` stands before the call',
    source: 'osaurus-ai/vmlx-swift#128',
    dialect: 'lm-studio',
    reply: [
      say('Depth <800 mm. <'),
      say('|tool_call>call:netbox_find_item{text:<|"|>rack<|"|>}<tool_call|>'),
    ],
    expected: found({ text: 'rack' }, 'Depth <800 mm. '),
  },
  {
    what: 'round brackets in a long conversation',
    source: 'jundot/omlx#1846',
    dialect: 'omlx',
    reply: [say('<|tool_call>call:netbox_find_item(text="rack", limit=3)<tool_call|><tool_call|>', 6)],
    expected: found({ text: 'rack', limit: 3 }),
  },
  {
    what: 'JSON in round brackets',
    source: 'osaurus-ai/vmlx-swift#62',
    dialect: 'lm-studio',
    reply: [say('<|tool_call>call:netbox_find_item({"text":"rack"})<tool_call|>', 6)],
    expected: found(),
  },
  {
    what: 'a torn opening stands beside a call that arrived',
    source: 'FlashML-org/FreeToken#346',
    dialect: 'omlx',
    reply: [call('netbox_find_item', { text: 'rack' }), say('<|tool_call')],
    expected: found(),
  },
  {
    what: 'the call has lost its tokens',
    source: 'Gitlawb/openclaude#380',
    dialect: 'lm-studio',
    reply: [say('call:netbox_find_item{text:rack,limit:3}', 5)],
    expected: found({ text: 'rack', limit: 3 }),
  },
  {
    what: 'thoughts in Gemma’s channel',
    source: 'lmstudio-ai/lmstudio-bug-tracker#2013',
    dialect: 'lm-studio',
    reply: [say('<|channel>thought\nThe person asks for racks.<channel|>You own two racks.', 8)],
    expected: told('You own two racks.'),
  },
  {
    what: 'thoughts in a channel without a name',
    source: 'Blaizzy/mlx-vlm#899',
    dialect: 'mlx-lm',
    reply: [say('<|channel>\nThe person asks.\n<channel|>\n4')],
    expected: told('4'),
  },
  {
    what: 'Gemma’s string delimiters stand in the arguments of a proper call',
    source: 'NousResearch/hermes-agent#7449',
    dialect: 'openrouter',
    reply: [call('netbox_find_item', '{"text": <|"|>rack<|"|>, "limit": 3}')],
    expected: found({ text: 'rack', limit: 3 }),
  },
  {
    what: 'the end of the turn is spelled out and the model plays the person',
    source: 'ollama/ollama#11276',
    dialect: 'ollama',
    reply: [say('You own two racks.</end_of_turn>\n<start_of_turn>user\nAnd switches?', 6)],
    expected: told('You own two racks.'),
  },
]

export const otherFamilies: WireFault[] = [
  {
    what: 'the call is JSON in the text',
    source: 'ollama/ollama#15539',
    dialect: 'ollama',
    reply: [say('{"name": "netbox_find_item", "parameters": {"text": "rack"}}', 6)],
    expected: found(),
  },
  {
    what: 'the call is JSON behind a sentence, in a fence',
    source: 'ollama/ollama#15539',
    dialect: 'ollama',
    reply: [say('I look it up.\n```json\n{"tool": "netbox_find_item", "args": {"text": "rack"}}\n```', 11)],
    expected: found({ text: 'rack' }, 'I look it up.\n'),
  },
  {
    what: 'Qwen3-Coder’s XML; a serial of digits stays a text',
    source: 'ggml-org/llama.cpp#15012',
    dialect: 'llama-server',
    reply: [
      say(
        '<tool_call>\n<function=netbox_find_item>\n<parameter=text>\n00417\n</parameter>\n<parameter=limit>\n3\n</parameter>\n</function>\n</tool_call>',
        12,
      ),
    ],
    expected: found({ text: '00417', limit: 3 }),
  },
  {
    what: 'Qwen3-Coder’s XML without its wrapper',
    source: 'ggml-org/llama.cpp#16755',
    dialect: 'llama-server',
    reply: [
      say('<function=netbox_find_item>\n<parameter=text>\nrack\n</parameter>\n</function>\n</tool_call>', 9),
    ],
    expected: found(),
  },
  {
    what: 'an argument holds the closing tag',
    source: 'vllm-project/vllm#45167',
    dialect: 'lm-studio',
    reply: [
      say('<tool_call>{"name":"netbox_find_item","arguments":{"text":"a</tool_call>b"}}</tool_call>', 5),
    ],
    expected: found({ text: 'a</tool_call>b' }),
  },
  {
    what: 'the opening tag is left beside a call that arrived',
    source: 'raullenchai/Rapid-MLX#448',
    dialect: 'omlx',
    reply: [say('<tool_call>'), call('netbox_find_item', { text: 'rack' })],
    expected: found(),
  },
  {
    what: 'gpt-oss calls in its commentary channel',
    source: 'kekzl/imp#1716',
    dialect: 'llama-server',
    reply: [
      say(
        '<|channel|>analysis<|message|>Use the tool.<|end|><|start|>assistant<|channel|>commentary to=functions.netbox_find_item <|constrain|>json<|message|>{"text":"rack"}',
        13,
      ),
    ],
    expected: found(),
  },
  {
    what: 'gpt-oss thinks and answers in channels',
    source: 'NVIDIA/TensorRT-LLM#9256',
    dialect: 'openrouter',
    reply: [
      say(
        '<|channel|>analysis<|message|>Two racks.<|channel|>final<|message|>You own two racks.<|return|>',
        11,
      ),
    ],
    expected: told('You own two racks.'),
  },
  {
    what: 'gpt-oss’s commentary has lost its tokens',
    source: 'raullenchai/Rapid-MLX#480',
    dialect: 'omlx',
    reply: [say('commentary to=functions.netbox_find_item json{"text":"rack"}', 15)],
    expected: found(),
  },
  {
    what: 'template words stand behind the name of a proper call',
    source: 'vllm-project/vllm#32587',
    dialect: 'openrouter',
    reply: [call('netbox_find_item<|channel|>commentary', { text: 'rack' })],
    expected: found(),
  },
  {
    what: 'Devstral’s form',
    source: 'raullenchai/Rapid-MLX#1071',
    dialect: 'omlx',
    reply: [say('[TOOL_CALLS]netbox_find_item[ARGS]{"text": "rack"}', 7)],
    expected: found(),
  },
  {
    what: 'Ministral’s list',
    source: 'ml-explore/mlx-lm#1374',
    dialect: 'mlx-lm',
    reply: [say('[TOOL_CALLS] [{"name": "netbox_find_item", "arguments": {"text": "rack"}}]')],
    expected: found(),
  },
  {
    what: 'Llama 4’s Python behind a sentence',
    source: 'vllm-project/vllm#22917',
    dialect: 'llama-server',
    reply: [say('To determine that:\n[netbox_find_item(text="rack, (2U)", limit=3, loose=True)]', 11)],
    expected: found({ text: 'rack, (2U)', limit: 3, loose: true }, 'To determine that:\n'),
  },
  {
    what: 'DeepSeek’s own markup',
    source: 'NousResearch/hermes-agent#119261',
    dialect: 'openrouter',
    reply: [
      say(
        '<｜DSML｜tool_calls> <｜DSML｜invoke name="netbox_find_item"> <｜DSML｜parameter name="loose" string="false">true</｜DSML｜parameter> <｜DSML｜parameter name="text" string="true">rack</｜DSML｜parameter> </｜DSML｜invoke> </｜DSML｜tool_calls>',
        14,
      ),
    ],
    expected: found({ loose: true, text: 'rack' }),
  },
  {
    what: 'the call stands in the thoughts, and nothing else came',
    source: 'langchain4j/langchain4j#4786',
    dialect: 'lm-studio',
    reply: [
      think(
        'Let me look.\n\n<tool_call>\n<function=netbox_find_item>\n<parameter=text>\nrack\n</parameter>\n',
      ),
      think('</function>\n</tool_call>'),
    ],
    expected: found(),
  },
]
