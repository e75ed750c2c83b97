import { z } from 'zod'
import type { ServerSoftware } from './server-software.ts'

const propsSchema = z.looseObject({
  default_generation_settings: z.looseObject({ n_ctx: z.int().positive() }),
  build_info: z.string().optional(),
  model_path: z.string().optional(),
})
const listSchema = z.object({
  data: z.array(
    z.looseObject({ id: z.string(), meta: z.looseObject({ n_ctx_train: z.int().positive() }).nullish() }),
  ),
})

/** Source: ggml-org/llama.cpp tools/server/README.md, `GET /props` and `GET /v1/models`. */
export const llamaServer: ServerSoftware = {
  name: 'llama-server',
  async read(ask, ids) {
    const props = propsSchema.safeParse(await ask('/props'))
    if (!props.success) return null
    const { default_generation_settings, build_info = '', model_path = '' } = props.data
    const list = listSchema.safeParse(await ask('/v1/models'))
    const listed = list.success ? list.data.data : []
    return new Map(
      ids.map((id) => [
        id,
        {
          version: `${build_info} ${model_path}`,
          windowTokens: default_generation_settings.n_ctx,
          windowTokensMax: listed.find((model) => model.id === id)?.meta?.n_ctx_train ?? null,
        },
      ]),
    )
  },
  windowFix: (tokens) => `start llama-server again with \`-c ${tokens} -np 1\``,
  toolsFix: 'Start llama-server with `--jinja`, which tool calls need.',
  pictureFix: 'Start llama-server with `--image-max-tokens 1120 -ub 1120` and it reads smaller print.',
}
