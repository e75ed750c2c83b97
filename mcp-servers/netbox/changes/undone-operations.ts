import type { LabDatabase } from '../../serving/database.ts'

/** Which operations were taken back. One operation is taken back once, by one approved step. */
export interface UndoneOperations {
  isUndone(operationId: string): boolean
  /** Whether this operation is itself one that takes back. */
  isUndo(operationKey: string): boolean
  /** False when another step took it back already. The same step twice changes nothing. */
  mark(operationId: string, stepId: string): boolean
  /** What the step took back stands again: it never ran, or was taken back itself. */
  clear(stepId: string): void
}

export function undoneOperations(database: LabDatabase): UndoneOperations {
  const stepOf = (operationId: string): string | null =>
    database
      .prepare<[string], { step_id: string }>('select step_id from undone_operations where operation_id = ?')
      .get(operationId)?.step_id ?? null
  return {
    isUndone: (operationId) => stepOf(operationId) !== null,
    isUndo: (operationKey) =>
      database
        .prepare<[string], { found: number }>('select 1 as found from undone_operations where step_id = ?')
        .get(operationKey) !== undefined,
    mark(operationId, stepId) {
      database
        .prepare<[string, string]>('insert into undone_operations values (?, ?) on conflict do nothing')
        .run(operationId, stepId)
      return stepOf(operationId) === stepId
    },
    clear(stepId) {
      database.prepare<[string]>('delete from undone_operations where step_id = ?').run(stepId)
    },
  }
}
