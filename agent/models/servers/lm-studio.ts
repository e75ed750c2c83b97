import { z } from 'zod'
import type { ModelFacts, ServerSoftware } from './server-software.ts'

const modelsSchema = z.object({
  models: z.array(
    z.looseObject({
      key: z.string(),
      quantization: z.looseObject({ name: z.string() }).nullish(),
      size_bytes: z.number().nullish(),
      max_context_length: z.int().positive().optional(),
      loaded_instances: z
        .array(
          z.looseObject({
            id: z.string(),
            config: z.looseObject({ context_length: z.int().positive().optional() }),
          }),
        )
        .default([]),
    }),
  ),
})

/** Source: lmstudio-ai/docs 1_developer/2_rest/list.md. */
export const lmStudio: ServerSoftware = {
  name: 'LM Studio',
  async read(ask) {
    const list = modelsSchema.safeParse(await ask('/api/v1/models'))
    if (!list.success) return null
    const found = new Map<string, Partial<ModelFacts>>()
    for (const { key, max_context_length, loaded_instances, ...build } of list.data.models) {
      const windowTokensMax = max_context_length ?? null
      const version = `${build.quantization?.name ?? ''} ${build.size_bytes ?? ''}`
      found.set(key, {
        ...{ version, windowTokensMax },
        windowTokens: loaded_instances[0]?.config.context_length ?? null,
      })
      for (const { id, config } of loaded_instances)
        found.set(id, { version, windowTokensMax, windowTokens: config.context_length ?? null })
    }
    return found
  },
  windowFix: (tokens, modelId) =>
    `unload it in LM Studio and load it again with a context length of ${tokens}: \`lms load ${modelId} --context-length ${tokens}\``,
  toolsFix: null,
  pictureFix: null,
}
