import { z } from 'zod'
import type { ServerSoftware } from './server-software.ts'

const listSchema = z.object({
  data: z
    .array(
      z.looseObject({
        id: z.string(),
        root: z.string().nullish(),
        /** Missing for adapters, which share the window of their model. */
        max_model_len: z.int().positive().nullish(),
      }),
    )
    .refine((models) => models.some(({ max_model_len }) => max_model_len != null)),
})

/** Source: vllm-project/vllm vllm/entrypoints/openai/serving_models.py; docs.vllm.ai features/tool_calling. */
export const vllm: ServerSoftware = {
  name: 'vLLM',
  async read(ask) {
    const list = listSchema.safeParse(await ask('/v1/models'))
    if (!list.success) return null
    const shared = list.data.data.find(({ max_model_len }) => max_model_len != null)?.max_model_len ?? null
    return new Map(
      list.data.data.map(({ id, root, max_model_len }) => [
        id,
        { version: root ?? '', windowTokens: max_model_len ?? shared },
      ]),
    )
  },
  windowFix: (tokens) => `start vLLM again with \`--max-model-len ${tokens}\``,
  toolsFix:
    'Start vLLM with `--enable-auto-tool-choice` and the `--tool-call-parser` of your model, which tool calls need.',
  pictureFix: null,
}
