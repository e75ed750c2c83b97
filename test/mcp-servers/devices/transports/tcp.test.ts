import { createServer, type Socket } from 'node:net'
import { tcpTransport } from '../../../../mcp-servers/devices/transports/tcp.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
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
