import { labTables, openLab } from '../lab.ts'
import { systemClock } from '../serving/clock.ts'
import { type MigrationsOwner, openDatabase } from '../serving/database.ts'
import { type Owner, openStateFolder } from '../serving/state-folder.ts'
import { type Refusal, refused } from '../serving/tool.ts'
import { type ShellAnswer, type ShellAsk, type ShellDesk, shellAnswerSchema } from './shell-desk.ts'

export interface ReachedLab {
  kind: 'reached'
  ask: ShellDesk
  close(): Promise<void>
}

/** The HWLab that holds the state folder: the running one over loopback, or one of our own for as long as it takes. */
export async function reachLab(wish: {
  stateDir: string
  netbox: { url: string; token: string; tokenFile: string | null; caFile: string | null } | null
  readOnly: boolean
  port: number
  /** Only reads: what waits in the queue is not sent. */
  isIdle: boolean
  /** Beside those of the servers. */
  tables: MigrationsOwner[]
  onFault(cause: unknown): void
}): Promise<ReachedLab | Refusal> {
  const opened = await openStateFolder(wish.stateDir)
  if (opened.kind === 'refused') return opened
  if (opened.kind === 'owned')
    return opened.owner
      ? overLoopback(opened.owner)
      : refused('Another HWLab is just starting. Try again in a moment.')
  const { folder } = opened
  const database = openDatabase(folder.databasePath, [...labTables, ...wish.tables])
  const lab = await openLab({
    ...{ database, clock: systemClock, folder, readOnly: wish.readOnly, netbox: wish.netbox },
    searxngUrl: null,
    publicUrl: () => `http://127.0.0.1:${wish.port}`,
    hostNames: [],
    session: () => null,
    onFault: ({ cause }) => wish.onFault(cause),
  })
  if (!wish.isIdle) await lab.start()
  return {
    kind: 'reached',
    ask: lab.shell,
    async close() {
      await lab.close()
      database.close()
      folder.close()
    },
  }
}

function overLoopback({ url, token }: Owner): ReachedLab {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  async function ask(body: ShellAsk): Promise<ShellAnswer> {
    try {
      const answer = await fetch(`${url}/shell/ask`, { method: 'POST', headers, body: JSON.stringify(body) })
      const read = shellAnswerSchema.safeParse(await answer.json())
      return read.success
        ? read.data
        : refused('The running HWLab is of another version. Stop it, then start HWLab again.')
    } catch {
      return refused(`HWLab at ${url} does not answer. Look at its log, or stop it and try again.`)
    }
  }
  return { kind: 'reached', ask, close: async () => undefined }
}
