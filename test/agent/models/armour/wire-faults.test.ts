import { afterEach, describe, expect, test } from 'vitest'
import { armoured } from '../../../../agent/models/armour/armoured.ts'
import { ollamaModel } from '../../../../agent/models/ollama/ollama-model.ts'
import { type DialectServer, openDialectServer } from '../../../../evals/models/open-dialect-server.ts'
import { namedServer } from '../../../support/named-providers.ts'
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

/** The same model behind Ollama's own API leaks the same. */
const overOllama = [...gemmaFaults, ...otherFamilies, ...wrongEnds].filter(
  ({ dialect, reply }) => dialect === 'ollama' && reply.every(({ kind }) => kind !== 'raw'),
)
describe.each(overOllama)('$what ($source)', (fault) => {
  test('is made good over the own API of Ollama', async () => {
    server = await openDialectServer('ollama', { reply: () => fault.reply })
    const row = namedServer({ baseUrl: server.baseUrl })
    const model = ollamaModel(row, { modelId: 'scripted', windowTokens: 8192 }, fetch)
    expect(await streamedAnswer(armoured(model, 'streamed'))).toEqual(fault.expected)
  })
})
