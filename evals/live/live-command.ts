import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { readConfig } from '../../agent/config.ts'
import { knownServers, type ModelServer } from '../../agent/models/providers.ts'
import { readProvidersFile } from '../../agent/models/providers-file.ts'
import { pairsOf } from './compare-models.ts'
import { drawBoard } from './draw-board.ts'
import { boardRow } from './leaderboard.ts'
import { liveCases } from './live-cases.ts'
import { runLive, type TriedModel } from './live-run.ts'
import { openRunFolder, type RunFolder } from './run-folder.ts'

export interface LiveFlags {
  /** A providers file, or keys of models (`attic/gemma4:e4b`) with commas; undefined: every one on this network. */
  models: string | undefined
  full: boolean
  budgetUsd: number
  resume: boolean
}

const epochs = 3
const quickBoxMs = 10 * 60_000
const fullBoxMs = 4 * 3_600_000
/** Of quick: forty questions in ten minutes, three times each. */
const quickShare = 3

/** Asks the operator's own models. Returns what to print, or why nothing was done. */
export async function liveCommand(
  flags: LiveFlags,
  resultsFolder: string,
  progress: (words: string) => void,
): Promise<{ kind: 'board'; text: string } | { kind: 'refused'; why: string }> {
  const chosen = chosenServers(flags.models)
  if (chosen.kind === 'refused') return chosen
  const folder = openRunFolder(join(resultsFolder, 'live'), flags.resume, Date.now())
  if (!folder) return { kind: 'refused', why: 'There is no run to go on with. Leave out --resume.' }
  progress(`Every result goes to ${basename(folder.path)} at once; after ^C, --resume goes on there.`)
  const tried = await runLive({
    ...{ folder, servers: chosen.servers, epochs, budgetUsd: flags.budgetUsd, progress },
    cases: await liveCases(flags.full ? 1 : quickShare),
    timeBoxMs: flags.full ? fullBoxMs : quickBoxMs,
    nowMs: () => performance.now(),
  })
  if (tried.length === 0) {
    if (folder.results().length === 0) rmSync(folder.path, { recursive: true })
    return { kind: 'refused', why: noModels }
  }
  return { kind: 'board', text: report(tried, folder, flags.full ? 'full' : 'quick') }
}

const noModels =
  'No model could be asked. Start one on this machine, name one with --models (models in the cloud are asked only when they are named), or look at what “hwlab doctor” says.'

/** Writes `report.json`, which may be shown to anybody, and returns the table. */
export function report(tried: TriedModel[], folder: RunFolder, mode: string): string {
  const results = folder.results()
  const share = ({ passAt1 }: ReturnType<typeof boardRow>) => passAt1?.share ?? -1
  const rows = tried.map((model) => boardRow(model, results)).sort((a, b) => share(b) - share(a))
  const pairs = pairsOf(
    rows.map(({ model }) => model),
    results,
  )
  const at = new Date().toISOString()
  writeFileSync(
    join(folder.path, 'report.json'),
    `${JSON.stringify({ at, mode, epochs, models: rows, pairs }, null, 2)}\n`,
  )
  return drawBoard(rows, pairs)
}

/** Money is spent only on models that somebody named. */
function chosenServers(
  models: string | undefined,
): { kind: 'servers'; servers: ModelServer[] } | { kind: 'refused'; why: string } {
  const read = readConfig()
  if (read.kind === 'refused') return { kind: 'refused', why: read.whys.join('\n') }
  const { modelsFile, openRouterKey } = read.config
  const isFile = models !== undefined && existsSync(models)
  const file = readProvidersFile(
    isFile ? { ...modelsFile, path: resolve(models), isNamed: true } : modelsFile,
  )
  if (file.kind === 'wrong') return { kind: 'refused', why: file.why }
  const named = file.kind === 'rows' ? file.servers : []
  if (isFile) return { kind: 'servers', servers: named }
  const all = knownServers(named, openRouterKey)
  if (models === undefined) return { kind: 'servers', servers: all.filter(({ where }) => where === 'local') }
  return serversOf(models.split(','), all)
}

function serversOf(
  keys: string[],
  all: ModelServer[],
): { kind: 'servers'; servers: ModelServer[] } | { kind: 'refused'; why: string } {
  const servers: ModelServer[] = []
  for (const key of keys.map((one) => one.trim())) {
    const mine = all.filter(({ id }) => key.startsWith(`${id}/`))
    const server = mine.find(({ id, only }) => only.includes(key.slice(id.length + 1))) ?? mine[0]
    if (!server) {
      const ids = all.map(({ id }) => id).join(', ')
      return {
        kind: 'refused',
        why: `“${key}” begins with no server that is known. Write <server>/<model>; there are ${ids}.`,
      }
    }
    servers.push({ ...server, only: [key.slice(server.id.length + 1)] })
  }
  return { kind: 'servers', servers }
}
