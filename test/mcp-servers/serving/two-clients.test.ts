import { expect, test } from 'vitest'
import { openEchoLab, openEchoServer } from '../../support/echo-lab.ts'
import { callTool, connectInProcess, legacyWithLinks, modernPlain } from '../../support/mcp-clients.ts'

test('two clients whose calls interleave each get their own answers only', async () => {
  const lab = openEchoLab()
  const waiting: (() => void)[] = []
  const { server } = await openEchoServer(lab, {
    domain: { beforeAnswer: () => new Promise((resolve) => waiting.push(resolve)) },
  })
  const clients = [
    await connectInProcess(server.fetch, modernPlain, { name: 'first' }),
    await connectInProcess(server.fetch, legacyWithLinks, { name: 'second' }),
  ]
  const rounds = 250
  const answers = Array.from({ length: rounds * 2 }, (_, index) => {
    const text = `${index % 2}-${index}`
    const client = clients[index % 2]
    if (!client) throw new Error('two clients')
    return callTool(client, 'echo_text', { text }).then(({ structured }) => ({ text, structured }))
  })
  while (waiting.length < answers.length) await new Promise((resolve) => setImmediate(resolve))
  // Last come, first served: every answer overtakes the ones before it.
  for (const release of waiting.reverse()) release()
  for (const { text, structured } of await Promise.all(answers)) expect(structured).toMatchObject({ text })
  lab.close()
})
