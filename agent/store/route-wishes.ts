import type { LabDatabase } from './lab-database.ts'

type RuleName = 'keep-local' | 'photos-to-cloud' | 'no-replays'

/** Tables `route_wishes` and `route_rules`: what a person decided about who answers. */
export function routeWishesTable(database: LabDatabase) {
  const ofConversation = database.prepare<[string], { wish: string }>(
    'select wish from route_wishes where conversation_id = ?',
  )
  const all = database.prepare<[], { conversationId: string; wish: string }>(
    'select conversation_id as conversationId, wish from route_wishes order by conversation_id',
  )
  const put = database.prepare<[string, string]>(
    `insert into route_wishes (conversation_id, wish) select id, ? from conversations where id = ?
     on conflict (conversation_id) do update set wish = excluded.wish`,
  )
  const remove = database.prepare<[string]>('delete from route_wishes where conversation_id = ?')
  const rule = database.prepare<[RuleName], { isOn: number }>(
    'select is_on as isOn from route_rules where name = ?',
  )
  const putRule = database.prepare<[RuleName, number]>(
    'insert into route_rules (name, is_on) values (?, ?) on conflict (name) do update set is_on = excluded.is_on',
  )
  return {
    wish: (conversationId: string): string => ofConversation.get(conversationId)?.wish ?? 'auto',
    all: () => all.all(),
    /** false: there is no such conversation. */
    setWish(conversationId: string, wish: string): boolean {
      if (wish !== 'auto') return put.run(wish, conversationId).changes > 0
      remove.run(conversationId)
      return true
    },
    rule: (name: RuleName): boolean => rule.get(name)?.isOn === 1,
    setRule(name: RuleName, isOn: boolean): void {
      putRule.run(name, isOn ? 1 : 0)
    },
  }
}
export type RouteWishesTable = ReturnType<typeof routeWishesTable>
