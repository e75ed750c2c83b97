import { readFile, realpath } from 'node:fs/promises'
import { z } from 'zod'
import { systemCode } from '../device-error.ts'
import type { IdentifiedDevice } from './identity.ts'

export type NamedPorts =
  | { kind: 'read'; ports: IdentifiedDevice[] }
  /** A sentence: what is wrong with the file. */
  | { kind: 'unusable'; why: string }

const fileSchema = z.array(
  z.object({
    id: z.string().regex(/^[\w.-]{1,64}$/),
    name: z.string().min(1).max(80),
    path: z.string().startsWith('/dev/'),
  }),
)

/** Communications devices (USB-IF "Defined Class Codes"). */
const serialClass = 2

/**
 * Serial ports that no USB device has, as their owner names them: built in (`/dev/ttyS0`, `/dev/ttyAMA0`), Bluetooth
 * (`/dev/rfcomm0`), a pseudo-terminal. Here the path is the identity, because its owner said so. Only those that are there;
 * a file that is not there names none.
 */
export async function readNamedPorts(path: string): Promise<NamedPorts> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { kind: 'read', ports: [] }
    return { kind: 'unusable', why: `${path} cannot be read. Check who may read it.` }
  }
  const parsed = fileSchema.safeParse(parseJson(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
    return { kind: 'unusable', why: `serial-ports.json is not a list of serial ports${where}. Correct it.` }
  }
  const there = await Promise.all(parsed.data.map(deviceOf))
  return { kind: 'read', ports: there.flatMap((device) => device ?? []) }
}

/** A port that is found as that of a USB device, or named twice, is one port: a second lease of it would not be exclusive. */
export function withoutDoubles(
  named: readonly IdentifiedDevice[],
  found: readonly IdentifiedDevice[],
): IdentifiedDevice[] {
  const taken = new Set(found.flatMap(({ key, nodes }) => [key, ...nodes]))
  return named.filter(({ key, nodes }) => {
    const isDouble = [key, ...nodes].some((one) => taken.has(one))
    for (const one of [key, ...nodes]) taken.add(one)
    return !isDouble
  })
}

/** Whoever made a pseudo-terminal may hold its near end open too, and is no other user of it. */
export function isMadeBySomebody({ key, nodes }: IdentifiedDevice): boolean {
  return key.startsWith('port:') && nodes.every((node) => node.startsWith('/dev/pts/'))
}

/** null: nothing is there now. */
async function deviceOf(port: z.infer<typeof fileSchema>[number]): Promise<IdentifiedDevice | null> {
  const node = await realpath(port.path).catch(() => null)
  if (node === null) return null
  return {
    key: `port:${port.id}`,
    boundToSocket: false,
    ...{ vendorId: '', productId: '', serial: null, manufacturer: null, product: null },
    topology: port.name,
    address: null,
    classes: [serialClass],
    nodes: [node],
    ports: [{ node, number: 0 }],
    printerId: null,
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
