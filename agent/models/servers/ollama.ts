import { z } from 'zod'
import type { ModelFacts, ServerSoftware } from './server-software.ts'

const tagsSchema = z.object({
  models: z.array(z.looseObject({ name: z.string(), digest: z.string().optional() })),
})
const loadedSchema = z.object({
  models: z.array(z.looseObject({ name: z.string(), context_length: z.int().positive().optional() })),
})
const versionSchema = z.object({ version: z.string() })
const shownSchema = z.object({ model_info: z.record(z.string(), z.unknown()) })

/** Source: ollama/ollama docs/api.md and api/types.go. Only a loaded model has a window; the default is 4,096 tokens. */
export const ollama: ServerSoftware = {
  name: 'Ollama',
  async read(ask, ids) {
    const tags = tagsSchema.safeParse(await ask('/api/tags'))
    if (!tags.success) return null
    const version = versionSchema.safeParse(await ask('/api/version'))
    const loaded = loadedSchema.safeParse(await ask('/api/ps'))
    const found = new Map<string, Partial<ModelFacts>>()
    for (const { name, digest } of tags.data.models.filter((tag) => ids.includes(tag.name))) {
      const shown = shownSchema.safeParse(await ask('/api/show', { model: name }))
      const info = shown.success ? Object.entries(shown.data.model_info) : []
      const max = info.find(([field]) => field.endsWith('.context_length'))?.[1]
      const running = loaded.success ? loaded.data.models.find((model) => model.name === name) : undefined
      found.set(name, {
        version: `${version.success ? version.data.version : ''} ${digest ?? ''}`,
        windowTokens: running?.context_length ?? null,
        windowTokensMax: typeof max === 'number' ? max : null,
      })
    }
    return found
  },
  windowFix: (tokens) =>
    `set \`OLLAMA_CONTEXT_LENGTH=${tokens}\` and start Ollama again. It cuts longer conversations without a word.`,
  toolsFix: null,
  pictureFix: null,
}
