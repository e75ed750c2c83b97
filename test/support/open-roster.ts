import { wrapLanguageModel } from 'ai'
import { commandsModel } from '../../agent/models/commands-model.ts'
import type { ModelServer } from '../../agent/models/providers.ts'
import { type ModelRoster, openModelRoster } from '../../agent/models/roster.ts'
import type { ConnectionView } from '../../agent/protocol/connections.ts'
import type { LabDatabase } from '../../agent/store/lab-database.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { modelFindingsTable } from '../../agent/store/model-findings.ts'
import { type Clock, systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'

export interface RosterOnTrial {
  roster: ModelRoster
  database: LabDatabase
  /** Every look and every step is over. */
  settled(): Promise<void>
  /** One model at least may be used. */
  usable(): Promise<void>
  /** The line that a person sees. */
  line(name: string): ConnectionView | undefined
  /** What "Trying …" said, in order, without repeats. */
  tried: string[]
  close(): Promise<void>
}

/** The models of these servers, tried as HWLab does, without the rest of it. */
export function openRoster(
  servers: ModelServer[],
  database: LabDatabase = openDatabase(':memory:', [agentMigrations]),
  /** Called before each call; throws what a meter would. */
  meter: () => void = () => {},
  clock: Clock = systemClock,
): RosterOnTrial {
  const tried: string[] = []
  const waiting = new Set<() => void>()
  const roster = openModelRoster({
    providers: { servers: () => servers },
    findings: modelFindingsTable(database),
    clock,
    fetch: globalThis.fetch,
    spend: {
      metered: (model) =>
        wrapLanguageModel({
          model,
          middleware: {
            specificationVersion: 'v4',
            async transformParams({ params }) {
              meter()
              return params
            },
          },
        }),
    },
    commands: commandsModel({ connections: async () => [], remembered: () => [] }),
    onChange() {
      for (const { tone, stateWords } of roster.views())
        if (tone === 'working' && stateWords.startsWith('Trying') && tried.at(-1) !== stateWords)
          tried.push(stateWords)
      for (const resolve of waiting) resolve()
      waiting.clear()
    },
  })
  async function until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => waiting.add(resolve))
  }
  const isWorking = () => roster.views().some(({ tone }) => tone === 'working')
  return {
    roster,
    database,
    tried,
    settled: () => until(() => !isWorking()),
    usable: () => until(() => roster.entries().length > 0),
    line: (name) => roster.views().find((view) => view.name === name),
    close: () => roster.close(),
  }
}
