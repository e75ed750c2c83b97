import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { temporaryFolder } from '../outbox/queue-world.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())
const key = join(folder.path, 'key.pem')
const certificate = join(folder.path, 'certificate.pem')

function makeCertificate(): boolean {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const args = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-keyout',
    key,
    '-out',
    certificate,
  ]
  try {
    execFileSync('openssl', [...args, ...subject], { stdio: 'ignore' })
    return true
  } catch {
    process.stderr.write('openssl is not here: the private CA is not tried\n')
    return false
  }
}

describe.runIf(makeCertificate())('a NetBox with a certificate of its own', () => {
  async function openServer() {
    const options = { key: readFileSync(key), cert: readFileSync(certificate) }
    const seen: string[] = []
    const server = createServer(options, (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ 'netbox-version': '4.6.8' }))
    }).listen(0, 'localhost')
    await once(server, 'listening')
    const address = server.address()
    return { server, seen, port: typeof address === 'object' && address !== null ? address.port : 0 }
  }

  test('is trusted for this connection when its CA file is given, and for no other', async () => {
    const { server, seen, port } = await openServer()
    const open = (caFile: string | null, host = 'localhost') =>
      openInventory({ kind: 'netbox', url: `https://${host}:${port}`, token: 'nbt_a.b', caFile })
    const trusting = open(certificate)
    expect(await trusting.probe()).toEqual({ kind: 'ready', version: '4.6.8' })
    expect(seen).toEqual(['GET /api/status/ Bearer nbt_a.b'])
    expect(await open(null).probe()).toMatchObject({
      kind: 'away',
      why: expect.stringContaining('NETBOX_CA_FILE'),
    })
    const other = open(certificate, '127.0.0.1')
    expect(await other.probe()).toMatchObject({ kind: 'away' })
    expect(seen).toHaveLength(1)
    await trusting.close()
    await other.close()
    server.closeAllConnections()
    server.close()
  })

  test('a CA file that is no certificate is refused at once', () => {
    const wrong = join(folder.path, 'wrong.pem')
    writeFileSync(wrong, 'hello')
    expect(() => openInventory({ kind: 'netbox', url: 'https://x.test', token: 'a', caFile: wrong })).toThrow(
      'is not a PEM certificate',
    )
  })
})
