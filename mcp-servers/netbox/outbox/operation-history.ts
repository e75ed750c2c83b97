import type { LabDatabase } from '../../serving/database.ts'
import { operationKinds } from './operation-kind.ts'
import { type Operation, type OperationRow, operationOf } from './operation-row.ts'

/** Operations by what they were for, to read only. */
export interface OperationHistory {
  find(id: string): Operation | null
  byKey(operationKey: string): Operation | null
  /** Whose own tag it is, newest first, without those that a later one took in. */
  ofSubject(subject: string, most: number): Operation[]
}

export function operationHistory(database: LabDatabase): OperationHistory {
  const one = (where: 'id' | 'operation_key', value: string): Operation | null => {
    const row = database
      .prepare<[string], OperationRow>(`select * from outbox_operations where ${where} = ?`)
      .get(value)
    return row ? operationOf(operationKinds, row) : null
  }
  return {
    find: (id) => one('id', id),
    byKey: (operationKey) => one('operation_key', operationKey),
    ofSubject: (subject, most) =>
      database
        .prepare<[string, number], OperationRow>(
          `select * from outbox_operations where subject = ? and state <> 'superseded'
           order by position desc limit ?`,
        )
        .all(subject, most)
        .map((row) => operationOf(operationKinds, row)),
  }
}
