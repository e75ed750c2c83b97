import { z } from 'zod'
import type { OperatorDesk } from '../operator-desk.ts'
import { plainPage } from './pages.ts'

const querySchema = z.object({
  tags: z
    .string()
    .max(8000)
    .transform((text) => text.split(',').map((tag) => tag.trim()))
    .transform((tags) => tags.filter((tag) => tag !== ''))
    .pipe(z.array(z.string().regex(/^[A-Za-z0-9-]{1,20}$/))),
  sheet: z.string().max(64),
  skip: z.coerce.number().int().optional().default(0),
})

/** `/labels/sheet.pdf?tags=HW-00001,HW-00002&sheet=…&skip=3`; what it cannot draw is answered with a sentence. */
export async function labelSheet(
  desk: Pick<OperatorDesk, 'labelSheet'>,
  query: Record<string, string>,
): Promise<Response> {
  const asked = querySchema.safeParse(query)
  if (!asked.success)
    return plainPage(
      400,
      'A label sheet needs tags such as HW-00001,HW-00002, a sheet, and how many labels to skip.',
    )
  const { tags, sheet, skip } = asked.data
  const drawn = await desk.labelSheet({ tags, sheetId: sheet, skip })
  if (drawn.kind === 'refused') return plainPage(409, drawn.why)
  return new Response(new Uint8Array(drawn.value), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="hwlab-labels.pdf"',
      'cache-control': 'no-store',
    },
  })
}
