import { afterEach, describe, expect, test } from 'vitest'
import { armoured } from '../../../../agent/models/armour/armoured.ts'
import { type DialectServer, openDialectServer } from '../../../../evals/models/open-dialect-server.ts'
import { plainModel, streamedAnswer } from './answer-of.ts'
import { gemmaFaults, otherFamilies } from './leaked-markup.ts'
import { wrongEnds } from './wrong-ends.ts'

let server: DialectServer
afterEach(() => server.close())

/** Each is asked twice, with the armour and without: a case that the armour makes no difference to proves nothing. */
describe.each([...gemmaFaults, ...otherFamilies, ...wrongEnds])('$what ($source)', (fault) => {
  test(`is made good over ${fault.dialect}`, async () => {
    server = await openDialectServer(fault.dialect, { reply: () => fault.reply })
    const model = plainModel(server.baseUrl)
    expect(await streamedAnswer(armoured(model, 'streamed'))).toEqual(fault.expected)
    expect(await streamedAnswer(model)).not.toEqual(fault.expected)
  })
})
