import { join } from 'node:path'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase, MigrationsOwner } from '../../serving/database.ts'

export type PrintJobState =
  | 'queued'
  | 'sending'
  | 'printed'
  | 'saved'
  | 'sent-unconfirmed'
  | 'failed'
  | 'unknown'
  | 'void'

export interface PrintJob {
  /** ULID. */
  id: string
  stepId: string
  tag: string
  printerId: string
  /** As it was called when the job was made. */
  printerName: string
  state: PrintJobState
  /** Why it waits, what the printer said, why it failed; may be empty. */
  words: string
  filePath: string | null
  mediaType: string | null
  createdAtMs: number
  updatedAtMs: number
}

export const printJobMigrations: MigrationsOwner = {
  owner: 'devices',
  folder: join(import.meta.dirname, 'migrations'),
}

const columns = `id, step_id as stepId, tag, printer_id as printerId, printer_name as printerName, state, words,
  file_path as filePath, media_type as mediaType, created_at_ms as createdAtMs, updated_at_ms as updatedAtMs`

export interface PrintJobMove {
  from: PrintJobState
  to: PrintJobState
  words: string
  file?: { path: string; mediaType: string } | null
}

/** The table `print_jobs`. */
export function openPrintJobs(database: LabDatabase, clock: Clock) {
  const insert = database.prepare<
    [string, string, string, string, string, number, number]
  >(`insert into print_jobs
    (id, step_id, tag, printer_id, printer_name, state, words, created_at_ms, updated_at_ms)
    values (?, ?, ?, ?, ?, 'queued', '', ?, ?) on conflict (step_id) do nothing`)
  const byId = database.prepare<[string], PrintJob>(`select ${columns} from print_jobs where id = ?`)
  const byStep = database.prepare<[string], PrintJob>(`select ${columns} from print_jobs where step_id = ?`)
  const byTag = database.prepare<[string], PrintJob>(
    `select ${columns} from print_jobs where tag = ? order by id desc limit 20`,
  )
  const inState = database.prepare<[string], PrintJob>(
    `select ${columns} from print_jobs where state = ? order by id`,
  )
  const recent = database.prepare<[number], PrintJob>(
    `select ${columns} from print_jobs order by updated_at_ms desc, id desc limit ?`,
  )
  const move = database.prepare<[string, string, string | null, string | null, number, string, string]>(
    `update print_jobs set state = ?, words = ?, file_path = coalesce(?, file_path),
     media_type = coalesce(?, media_type), updated_at_ms = ? where id = ? and state = ?`,
  )
  return {
    /** Does nothing when the step already has its job. */
    insert(job: Pick<PrintJob, 'id' | 'stepId' | 'tag' | 'printerId' | 'printerName'>): void {
      const nowMs = clock.nowMs()
      insert.run(job.id, job.stepId, job.tag, job.printerId, job.printerName, nowMs, nowMs)
    },
    get: (id: string) => byId.get(id) ?? null,
    ofStep: (stepId: string) => byStep.get(stepId) ?? null,
    ofTag: (tag: string) => byTag.all(tag),
    inState: (state: PrintJobState) => inState.all(state),
    recent: (limit: number) => recent.all(limit),
    /** True when the job was in `from` and now is in `to`; false when somebody else moved it before. */
    move(id: string, { from, to, words, file = null }: PrintJobMove): boolean {
      const path = file?.path ?? null
      const mediaType = file?.mediaType ?? null
      return move.run(to, words, path, mediaType, clock.nowMs(), id, from).changes === 1
    },
  }
}
export type PrintJobs = ReturnType<typeof openPrintJobs>
