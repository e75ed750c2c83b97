import { type SpendResponses, spendRequests } from '../protocol/spend.ts'
import type { Spend } from '../spend/open-spend.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may ask about money. */
export function spendHandlers(
  spend: Pick<Spend, 'setCaps' | 'allowUnpriced'>,
): Record<keyof SpendResponses, Handler> {
  return {
    'spend-caps-set': checked(
      'spend-caps-set',
      (body) => spendRequests['spend-caps-set'].safeParse(body),
      (body, { operator }) => spend.setCaps(body, operator),
    ),
    'spend-price-allow': checked(
      'spend-price-allow',
      (body) => spendRequests['spend-price-allow'].safeParse(body),
      (body, { operator }) => spend.allowUnpriced(body, operator),
    ),
  }
}
