import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Style that a test can hold: names, sizes, directions of import, words that do not belong. */

const root = join(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '')
const sources = tracked.filter((file) => /\.(ts|tsx|mjs)$/.test(file))
const ours = sources.filter((file) => /^(agent|mcp-servers|ui)\//.test(file))

function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

function importsOf(file: string): string[] {
  const found = [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)]
  return found.map(([, path = '']) => relative(root, resolve(root, dirname(file), path)))
}

function offenders(files: string[], isWrong: (file: string) => string | null): string[] {
  return files.flatMap((file) => {
    const why = isWrong(file)
    return why ? [`${file}: ${why}`] : []
  })
}

/** Template texts, strings and comments blanked out, so that prose and SQL are not taken for code. */
function withoutStrings(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/`(?:[^`\\]|\\.)*`/g, '``')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
    .replace(/\/\/.*$/gm, '')
    .replace(/>[^<>{}\n]*</g, '><')
}

describe('the tree', () => {
  test('has no drawers: a file is named after the one thing in it', () => {
    const drawer =
      /(^|\/)(utils?|helpers?|common|shared|types|constants|index|manager|service|misc)(\.tsx?|\/)/
    expect(sources.filter((file) => drawer.test(file))).toEqual([])
  })

  test('has file names in kebab-case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|d|config))?\.(ts|tsx|mjs)$/
    expect(sources.filter((file) => !kebab.test(basename(file)))).toEqual([])
  })

  test('has no file over 300 lines', () => {
    expect(
      offenders(sources, (file) => {
        const lines = textOf(file).split('\n').length
        const isTable = /\/starter\/|\/fixtures\//.test(file)
        return lines > 300 && !isTable ? `${lines} lines` : null
      }),
    ).toEqual([])
  })
})

describe('imports', () => {
  test('ui imports nothing of the rest but the protocol', () => {
    expect(
      offenders(
        sources.filter((file) => file.startsWith('ui/')),
        (file) => importsOf(file).find((path) => !/^(ui\/|agent\/protocol(\.ts$|\/))/.test(path)) ?? null,
      ),
    ).toEqual([])
  })

  test('the agent reaches the servers by MCP; only its entries put them together', () => {
    const entries = /^agent\/(main\.ts|cli\.ts|commands\/)/
    expect(
      offenders(
        sources.filter((file) => file.startsWith('agent/') && !entries.test(file)),
        (file) => importsOf(file).find((path) => path.startsWith('mcp-servers/')) ?? null,
      ),
    ).toEqual([])
  })

  test('a server imports serving and approval, never the agent or another server', () => {
    expect(
      offenders(
        sources.filter((file) => /^mcp-servers\/(?!(desk|shell)\/)[^/]+\//.test(file)),
        (file) => {
          const own = file.split('/').slice(0, 2).join('/')
          const allowed = [own, 'mcp-servers/serving', 'mcp-servers/approval']
          return (
            importsOf(file).find((path) => !allowed.some((folder) => path.startsWith(`${folder}/`))) ?? null
          )
        },
      ),
    ).toEqual([])
  })

  test('nobody imports tests or evals', () => {
    expect(
      offenders(ours, (file) => importsOf(file).find((path) => /^(test|evals|bench)\//.test(path)) ?? null),
    ).toEqual([])
  })
})

describe('the styles', () => {
  test('have one file for each plain class, so that two features cannot restyle each other', () => {
    const homes = new Map<string, string[]>()
    for (const file of tracked.filter((one) => /^ui\/.*\.css$/.test(one))) {
      for (const name of plainClasses(textOf(file))) homes.set(name, [...(homes.get(name) ?? []), file])
    }
    expect(Object.fromEntries([...homes].filter(([, files]) => files.length > 1))).toEqual({})
  })
})

/** Classes that stand alone as a selector; one that is placed by another (`.card > .notice`) touches nobody else. */
function plainClasses(css: string): Set<string> {
  const heads = [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([^{};]+)\{/g)]
  const selectors = heads.flatMap(([, head = '']) => head.split(',')).map((one) => one.trim())
  return new Set(selectors.filter((one) => /^\.[\w-]+$/.test(one)))
}

describe('the code', () => {
  test('casts nothing but to const', () => {
    expect(
      offenders(ours, (file) => {
        const cast = withoutStrings(textOf(file))
          .split('\n')
          .find(
            (line) =>
              /[\w)\]}] as (?!const\b)[A-Za-z{[(]/.test(line) &&
              !/import |export |^\s*(\/\/|\*|\/\*)/.test(line),
          )
        return cast ? `casts: ${cast.trim()}` : null
      }),
    ).toEqual([])
  })

  test('reads the environment in one place', () => {
    expect(ours.filter((file) => file !== 'agent/config.ts' && /process\.env\b/.test(textOf(file)))).toEqual(
      [],
    )
  })

  test('has tests without sleeps, skips or mocks of our own modules', () => {
    const wrong = /vi\.mock\(|\.only\(|\.todo\(|await new Promise\(\((resolve|r)\) => setTimeout/
    const tests = sources.filter((file) => /^(test|evals)\//.test(file) && file !== 'test/tidy.test.ts')
    expect(tests.filter((file) => wrong.test(textOf(file)))).toEqual([])
  })

  test('uses no emoji', () => {
    const texts = tracked.filter((file) => /\.(ts|tsx|mjs|md|css|html|svg)$/.test(file))
    expect(texts.filter((file) => /[\u{1F300}-\u{1FAFF}\u{2705}\u{274C}]/u.test(textOf(file)))).toEqual([])
  })
})
