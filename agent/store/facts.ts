import type { LabDatabase } from './lab-database.ts'

export interface Fact {
  id: string
  text: string
  /** It is told to no model in the cloud. */
  isPrivate: boolean
  /** The model that proposed the sentence; null: the person wrote it. */
  proposedBy: string | null
  setBy: string
  setAtMs: number
}
type Row = Omit<Fact, 'isPrivate'> & { isPrivate: number }

const columns =
  'id, text, is_private as isPrivate, proposed_by as proposedBy, set_by as setBy, set_at_ms as setAtMs'

/** Table `facts`, newest first; a sentence is there once. */
export function factsTable(database: LabDatabase) {
  const all = database.prepare<[], Row>(`select ${columns} from facts order by set_at_ms desc, id desc`)
  const put = database.prepare<Row>(
    `insert into facts (id, text, is_private, proposed_by, set_by, set_at_ms)
     values (@id, @text, @isPrivate, @proposedBy, @setBy, @setAtMs)
     on conflict (id) do update set text = @text, is_private = @isPrivate, proposed_by = @proposedBy, set_by = @setBy,
       set_at_ms = @setAtMs`,
  )
  const remove = database.prepare<[string]>('delete from facts where id = ?')
  return {
    all: (): Fact[] => all.all().map((row) => ({ ...row, isPrivate: row.isPrivate === 1 })),
    put(fact: Fact): void {
      put.run({ ...fact, isPrivate: fact.isPrivate ? 1 : 0 })
    },
    remove(id: string): void {
      remove.run(id)
    },
  }
}
