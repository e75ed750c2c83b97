/**
 * Markup of chat templates that servers should have taken out of the text. A `call` and a `thought` reach to their close
 * (none: to the end of the answer); a `token` is dropped, with what is before its close; after an `end` the model only plays the other side.
 */
export interface MarkupFamily {
  kind: 'call' | 'thought' | 'token' | 'end'
  open: string
  close: string[]
  /** The opening belongs to what is read. */
  keepsOpening: boolean
}

const call = (open: string, ...close: string[]): MarkupFamily => ({
  ...{ kind: 'call', open, close },
  keepsOpening: false,
})
const openedCall = (open: string, ...close: string[]): MarkupFamily => ({
  ...call(open, ...close),
  keepsOpening: true,
})
const thought = (open: string, ...close: string[]): MarkupFamily => ({
  ...{ kind: 'thought', open, close },
  keepsOpening: false,
})
const token = (open: string): MarkupFamily => ({ kind: 'token', open, close: [], keepsOpening: false })
const end = (open: string): MarkupFamily => ({ kind: 'end', open, close: [], keepsOpening: false })

/** From the chat templates of the models and the parsers of llama.cpp, vLLM, mlx-lm and Ollama. */
export const markupFamilies: MarkupFamily[] = [
  // Gemma 4
  call('<|tool_call>', '<tool_call|>', '<|tool_call|>'),
  // Also without its `thought` (Blaizzy/mlx-vlm#899).
  thought('<|channel>', '<channel|>'),
  ...['<channel|>', '<tool_call|>', '<|tool_call|>', '<|turn>model', '<start_of_turn>model'].map(token),
  ...[
    '<turn|>',
    '<|turn>',
    '<|tool_response>',
    '<start_of_turn>',
    '<end_of_turn>',
    '</end_of_turn>',
    '<eos>',
  ].map(end),
  { kind: 'token', open: '<unused', close: ['>'], keepsOpening: false },
  // Hermes, Qwen, GLM
  call('<tool_call>', '</tool_call>'),
  openedCall('<function=', '</function>'),
  thought('<think>', '</think>'),
  thought('<thinking>', '</thinking>'),
  ...['</tool_call>', '</function>', '</think>', '</thinking>', '<|im_start|>assistant'].map(token),
  ...['<|im_end|>', '<|im_start|>', '<|endoftext|>'].map(end),
  // DeepSeek and the `invoke` forms
  call('<｜tool▁calls▁begin｜>', '<｜tool▁calls▁end｜>'),
  call('<｜DSML｜tool_calls>', '</｜DSML｜tool_calls>'),
  call('<｜DSML｜function_calls>', '</｜DSML｜function_calls>'),
  call('<function_calls>', '</function_calls>'),
  openedCall('<invoke name=', '</invoke>'),
  end('<｜end▁of▁sentence｜>'),
  // Mistral
  call('[TOOL_CALLS]', '[/TOOL_CALLS]'),
  thought('[THINK]', '[/THINK]'),
  token('[/TOOL_CALLS]'),
  // Llama 3
  call('<|python_tag|>', '<|eom_id|>', '<|eot_id|>'),
  ...['<|eot_id|>', '<|eom_id|>', '<|end_of_text|>'].map(end),
  // gpt-oss (harmony)
  call('<|channel|>commentary to=', '<|call|>', '<|end|>'),
  thought('<|channel|>analysis<|message|>', '<|end|>', '<|channel|>final<|message|>'),
  ...['<|channel|>final<|message|>', '<|start|>assistant', '<|message|>', '<|end|>', '<|return|>'].map(token),
]

/** The longest family whose opening stands at `at`; `maybe`: the text ends before that is decided; null: none. */
export function familyAt(text: string, at: number, isEnd: boolean): MarkupFamily | 'maybe' | null {
  const tail = text.slice(at, at + 40)
  const longestFirst = markupFamilies.filter(({ open }) => open[0] === tail[0])
  let found: MarkupFamily | null = null
  for (const family of longestFirst) {
    if (tail.startsWith(family.open)) {
      if (!found || family.open.length > found.open.length) found = family
    } else if (!isEnd && family.open.startsWith(tail)) return 'maybe'
  }
  return found
}

/** The answer ended in the middle of an opening (FlashML-org/FreeToken#346); a lone `<` is text. */
export function isTornOpening(tail: string): boolean {
  return tail.length >= 3 && markupFamilies.some(({ open }) => open.startsWith(tail))
}
