import { createServer } from 'node:net'
import { mediaById } from '../../mcp-servers/devices/labels/media.ts'
import { JobDecoder } from '../../mcp-servers/devices/printers/brother-ql/job-decoder.ts'
import { statusFrame } from '../../mcp-servers/devices/simulated/printers/ql-status-frame.ts'

export type QlMoment = 'status-asked' | 'label-received'

/** A printer that outlives the program that uses it, counts its labels, and tells when something happens to it. */
export async function openCountingQl(onMoment: (moment: QlMoment) => void) {
  let labels = 0
  const media = mediaById('62')
  const says = (type: 'reply' | 'completed') => statusFrame({ type, printing: false, media, errors: [0, 0] })
  const server = createServer((socket) => {
    const decoder = new JobDecoder()
    socket.on('error', () => socket.destroy())
    socket.on('data', (bytes: Buffer) => {
      for (const event of decoder.push(bytes)) {
        if (event.kind === 'status-asked') {
          onMoment('status-asked')
          socket.write(says('reply'))
        } else if (event.kind === 'page') {
          labels += 1
          onMoment('label-received')
          socket.write(says('completed'))
        }
      }
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    labels: () => labels,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
