import type { LabDatabase } from './lab-database.ts'

export interface FactProposal {
  id: string
  text: string
  isPrivate: boolean
  /** null: the person wrote it. */
  proposedBy: string | null
  requester: string
  conversationId: string
  state: 'proposed' | 'done' | 'declined' | 'expired'
  decidedBy: string | null
  createdAtMs: number
  expiresAtMs: number
  endedAtMs: number | null
}
type Row = Omit<FactProposal, 'isPrivate'> & { isPrivate: number }

const columns = `id, text, is_private as isPrivate, proposed_by as proposedBy, requester, conversation_id as conversationId,
  state, decided_by as decidedBy, created_at_ms as createdAtMs, expires_at_ms as expiresAtMs, ended_at_ms as endedAtMs`

/** Table `fact_proposals`: only a signed-in person's decision, or time, moves one out of `proposed`. */
export function factProposalsTable(database: LabDatabase) {
  const get = database.prepare<[string], Row>(`select ${columns} from fact_proposals where id = ?`)
  const open = database.prepare<[], Row>(
    `select ${columns} from fact_proposals where state = 'proposed' order by created_at_ms, id`,
  )
  const endedSince = database.prepare<[number, number], Row>(
    `select ${columns} from fact_proposals where state <> 'proposed' and ended_at_ms > ? order by ended_at_ms desc limit ?`,
  )
  const withheld = database.prepare<[number], { text: string }>(
    `select text from fact_proposals where state = 'done' and is_private = 1
       and not exists (select 1 from facts where facts.id = fact_proposals.id and facts.is_private = 0)
     order by ended_at_ms desc limit ?`,
  )
  const insert = database.prepare<Row>(
    `insert into fact_proposals (id, text, is_private, proposed_by, requester, conversation_id, state, decided_by,
       created_at_ms, expires_at_ms, ended_at_ms)
     values (@id, @text, @isPrivate, @proposedBy, @requester, @conversationId, @state, @decidedBy,
       @createdAtMs, @expiresAtMs, @endedAtMs)`,
  )
  const end = database.prepare<Pick<Row, 'id' | 'state' | 'isPrivate' | 'decidedBy' | 'endedAtMs'>>(
    `update fact_proposals set state = @state, is_private = @isPrivate, decided_by = @decidedBy, ended_at_ms = @endedAtMs
     where id = @id and state = 'proposed'`,
  )
  return {
    get(id: string): FactProposal | null {
      const row = get.get(id)
      return row ? toProposal(row) : null
    },
    open: (): FactProposal[] => open.all().map(toProposal),
    /** Newest first. */
    endedSince: (sinceMs: number, most: number): FactProposal[] =>
      endedSince.all(sinceMs, most).map(toProposal),
    /** Sentences that were said in a conversation and were to stay on this network, also those deleted since. */
    withheldTexts: (most: number): string[] => withheld.all(most).map(({ text }) => text),
    insert(proposal: FactProposal): void {
      insert.run({ ...proposal, isPrivate: proposal.isPrivate ? 1 : 0 })
    },
    /** false: it was over already. */
    end(ended: Pick<FactProposal, 'id' | 'state' | 'isPrivate' | 'decidedBy' | 'endedAtMs'>): boolean {
      return end.run({ ...ended, isPrivate: ended.isPrivate ? 1 : 0 }).changes === 1
    },
  }
}
export type FactProposalsTable = ReturnType<typeof factProposalsTable>

function toProposal(row: Row): FactProposal {
  return { ...row, isPrivate: row.isPrivate === 1 }
}
