import { z } from 'zod'
import type { ServerSoftware } from './server-software.ts'

const statusSchema = z.object({
  models: z.array(z.looseObject({ id: z.string(), max_context_window: z.int().positive().nullish() })),
})

/** Source: jundot/omlx omlx/api/openai_models.py, `GET /v1/models/status`. */
export const omlx: ServerSoftware = {
  name: 'oMLX',
  async read(ask) {
    const status = statusSchema.safeParse(await ask('/v1/models/status'))
    if (!status.success) return null
    return new Map(
      status.data.models.map(({ id, max_context_window }) => [
        id,
        { windowTokens: max_context_window ?? null },
      ]),
    )
  },
  windowFix: (tokens, modelId) =>
    `set “max context window” of ${modelId} to ${tokens} in the settings of oMLX and load it again`,
  toolsFix: null,
  pictureFix: null,
}
