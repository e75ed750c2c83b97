import { z } from 'zod'
import type { AskPage, ModelFacts, ServerSoftware } from './server-software.ts'

const tagsSchema = z.object({
  models: z.array(z.looseObject({ name: z.string(), digest: z.string().optional() })),
})
const loadedSchema = z.object({
  models: z.array(z.looseObject({ name: z.string(), context_length: z.int().positive().optional() })),
})
const versionSchema = z.object({ version: z.string() })
const shownSchema = z.object({ model_info: z.record(z.string(), z.unknown()) })

/** From here on its own chat API is used: it takes `truncate` and `shift`, and streams tool calls and thoughts apart. */
const ownApiSince = [0, 13]
/** A turn with tools and some history. Ollama's own default is 4,096 below 24 GB of video memory (docs/context-length.mdx). */
const enoughTokens = 8192

/** Source: ollama/ollama docs/api.md and api/types.go. */
export const ollama: ServerSoftware = {
  name: 'Ollama',
  async read(ask, ids, wishedTokens) {
    const version = await versionOf(ask)
    if (version === null || !isNew(version)) return null
    const models = await readModels(ask, ids, version)
    for (const [id, facts] of models ?? []) {
      const { windowTokens, windowTokensMax = null } = facts
      const enough = Math.min(enoughTokens, windowTokensMax ?? enoughTokens)
      const asked = wishedTokens ?? Math.max(windowTokens ?? 0, enough)
      models?.set(id, {
        ...{ ...facts, version: `${facts.version} own API` },
        ...{ windowTokens: asked, ollamaWindowTokens: asked },
      })
    }
    return models
  },
  windowFix: (tokens) =>
    `write \`"windowTokens": ${tokens}\` into the row of this Ollama in models.json, and HWLab asks for that much`,
  toolsFix: null,
  pictureFix: null,
}

/** Over `/v1`, which knows no window: only a loaded model has one. */
export const olderOllama: ServerSoftware = {
  name: 'Ollama',
  async read(ask, ids) {
    return readModels(ask, ids, (await versionOf(ask)) ?? '')
  },
  windowFix: (tokens) =>
    `set \`OLLAMA_CONTEXT_LENGTH=${tokens}\` and start Ollama again. It cuts longer conversations without a word; a newer Ollama does not.`,
  toolsFix: null,
  pictureFix: null,
}

async function versionOf(ask: AskPage): Promise<string | null> {
  const answer = versionSchema.safeParse(await ask('/api/version'))
  return answer.success ? answer.data.version : null
}

function isNew(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [sinceMajor = 0, sinceMinor = 0] = ownApiSince
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}

async function readModels(
  ask: AskPage,
  ids: string[],
  version: string,
): Promise<Map<string, Partial<ModelFacts>> | null> {
  const tags = tagsSchema.safeParse(await ask('/api/tags'))
  if (!tags.success) return null
  const loaded = loadedSchema.safeParse(await ask('/api/ps'))
  const found = new Map<string, Partial<ModelFacts>>()
  for (const { name, digest } of tags.data.models.filter((tag) => ids.includes(tag.name))) {
    const shown = shownSchema.safeParse(await ask('/api/show', { model: name }))
    const info = shown.success ? Object.entries(shown.data.model_info) : []
    const max = info.find(([field]) => field.endsWith('.context_length'))?.[1]
    const running = loaded.success ? loaded.data.models.find((model) => model.name === name) : undefined
    found.set(name, {
      version: `${version} ${digest ?? ''}`,
      windowTokens: running?.context_length ?? null,
      windowTokensMax: typeof max === 'number' ? max : null,
    })
  }
  return found
}
