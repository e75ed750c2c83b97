import { z } from 'zod'
import { plainText } from './plain-text.ts'

const resultSchema = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
})
const partSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  uri: z.string().optional(),
  name: z.string().optional(),
  resource: z.looseObject({ text: z.string().optional() }).optional(),
})

export interface Said {
  isError: boolean
  text: string
}

const charactersMax = 60_000

/** What a server answered, as plain bounded text. Pictures, sounds and files become a sentence. */
export function readSaid(result: unknown, conceal: (text: string) => string): Said {
  const parsed = resultSchema.safeParse(result)
  if (!parsed.success) return { isError: true, text: 'It answered in a form that HWLab does not know.' }
  const { content, structuredContent, isError = false } = parsed.data
  const texts = content.flatMap((part) => {
    const read = partSchema.safeParse(part)
    return read.success ? [textOf(read.data)] : []
  })
  const hasWords = content.some((part) => partSchema.safeParse(part).data?.text !== undefined)
  if (!hasWords && structuredContent !== undefined) texts.push(JSON.stringify(structuredContent))
  return { isError, text: boundedText(conceal(plainText(texts.join('\n')))) }
}

function textOf({ type, text, uri, name, resource }: z.infer<typeof partSchema>): string {
  if (type === 'text') return text ?? ''
  if (type === 'resource' && resource?.text !== undefined) return resource.text
  if (type === 'resource_link') return `(a link: ${name ?? ''} ${uri ?? ''})`
  return `(It sent ${named[type] ?? 'something that is no text'}, which HWLab does not take from other servers.)`
}

const named: Record<string, string> = { image: 'a picture', audio: 'a sound', resource: 'a file' }

export function boundedText(text: string): string {
  if (text.length <= charactersMax) return text.trim()
  return `${text.slice(0, charactersMax).trim()}\n… and ${text.length - charactersMax} more characters, which were not kept.`
}
