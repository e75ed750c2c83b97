import { compactKey, foldConfusables } from '../identify/confusables.ts'

/** `model` and `part-number` are whole names; `short` is a name without its family word ("R730" of "PowerEdge R730"). */
interface ModelKey {
  kind: 'model' | 'part-number' | 'short'
  exact: string
  folded: string
}

interface Named {
  manufacturer: string
  model: string
  partNumber: string | null
}

/** The keys under which a device type is found on a label. */
export function modelKeys(named: Named): ModelKey[] {
  const names: [ModelKey['kind'], string][] = [
    ['model', named.model],
    ['model', `${named.manufacturer} ${named.model}`],
    ...shortNames(named).map((name): [ModelKey['kind'], string] => ['short', name]),
  ]
  if (named.partNumber) names.push(['part-number', named.partNumber])
  const keys = new Map<string, ModelKey>()
  for (const [kind, name] of names) {
    const exact = compactKey(name)
    if (exact.length >= 2 && !keys.has(exact)) keys.set(exact, { kind, exact, folded: foldConfusables(name) })
  }
  return [...keys.values()]
}

function shortNames({ manufacturer, model }: Named): string[] {
  const words = model.split(/\s+/)
  const names: string[] = []
  for (let start = 1; start < words.length; start++) {
    const first = words[start] ?? ''
    if (/[a-z]/i.test(first) && /\d/.test(first) && first.length >= 4)
      names.push(words.slice(start).join(' '))
  }
  const withoutMaker = compactKey(model).startsWith(compactKey(manufacturer))
    ? model.slice(manufacturer.length).trim()
    : ''
  return withoutMaker.length >= 4 && /\d/.test(withoutMaker) ? [...names, withoutMaker] : names
}

/** What full-text search looks in: the words, and every joined ending, so that "lite16" finds "USW-Lite-16-PoE". */
export function searchColumns(named: Named & { slug: string; keySpec: string | null }): {
  words: string
  keys: string
} {
  const names = [named.model, named.partNumber ?? '', `${named.manufacturer} ${named.model}`]
  const endings = names.flatMap((name) => {
    const parts = name.split(/[^A-Za-z0-9+]+/).filter(Boolean)
    return parts.map((_, start) => compactKey(parts.slice(start).join('')))
  })
  return {
    words: [named.manufacturer, named.model, named.partNumber ?? '', named.keySpec ?? ''].join(' '),
    keys: [...new Set(endings)].join(' '),
  }
}
