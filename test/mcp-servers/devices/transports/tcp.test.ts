import { createServer, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import { tcpTransport } from '../../../../mcp-servers/devices/transports/tcp.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { briskClock } from '../../../support/brisk-clock.ts'
import { byteChannelContract } from '../../../support/byte-channel-contract.ts'
import { collectBytes } from '../../../support/collect-bytes.ts'

byteChannelContract('the network', async (use) => {
  const collected = collectBytes()
  const connected = Promise.withResolvers<Socket>()
  const server = createServer((socket) => {
    socket.on('data', collected.put)
    socket.on('error', () => socket.destroy())
    connected.resolve(socket)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  const unplug = async () => {
    ;(await connected.promise).destroy()
  }
  await use({
    transport: tcpTransport('127.0.0.1', address.port, systemClock),
    send: async (bytes) => {
      const socket = await connected.promise
      await new Promise<void>((resolve) => {
        socket.write(bytes, () => resolve())
      })
    },
    received: collected.received,
    unplug,
  })
  await unplug()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
})

/** More than both sides of a connection hold. */
const label = new Uint8Array(30_000_000)

async function withPrinter(onSocket: (socket: Socket) => void, use: (port: number) => Promise<void>) {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    onSocket(socket)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  try {
    await use(address.port)
  } finally {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
    })
  }
}

test('a network printer that takes no more data ends the label with a sentence instead of holding it for ever', () =>
  withPrinter(
    (socket) => socket.pause(),
    async (port) => {
      const line = await tcpTransport('127.0.0.1', port, briskClock(50)).open()
      await expect(line.write(label)).rejects.toMatchObject({ kind: 'timeout' })
      await line.close()
    },
  ))

test('a network printer that is only slow gets every byte', () => {
  let taken = 0
  const all = Promise.withResolvers<void>()
  return withPrinter(
    (socket) => {
      socket.on('data', (bytes) => {
        taken += bytes.length
        socket.pause()
        setImmediate(() => socket.resume())
        if (taken === label.length) all.resolve()
      })
    },
    async (port) => {
      const line = await tcpTransport('127.0.0.1', port, systemClock).open()
      await line.write(label)
      await all.promise
      expect(taken).toBe(label.length)
      await line.close()
    },
  )
})
