import { access, readFile } from 'node:fs/promises'
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
  const text = await textOrNull(path)
  if (text === null) return { kind: 'read', ports: [] }
  const parsed = fileSchema.safeParse(parseJson(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
    return { kind: 'unusable', why: `serial-ports.json is not a list of serial ports${where}. Correct it.` }
  }
  const isThere = await Promise.all(parsed.data.map((port) => exists(port.path)))
  return { kind: 'read', ports: parsed.data.filter((_, at) => isThere[at]).map(deviceOf) }
}

/** Whoever made a pseudo-terminal may hold its near end open too, and is no other user of it. */
export function isMadeBySomebody({ key, nodes }: IdentifiedDevice): boolean {
  return key.startsWith('port:') && nodes.every((node) => node.startsWith('/dev/pts/'))
}

function deviceOf({ id, name, path }: z.infer<typeof fileSchema>[number]): IdentifiedDevice {
  return {
    key: `port:${id}`,
    boundToSocket: false,
    ...{ vendorId: '', productId: '', serial: null, manufacturer: null, product: null },
    topology: name,
    address: null,
    classes: [serialClass],
    nodes: [path],
    ports: [{ node: path, number: 0 }],
    printerId: null,
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    return false
  }
}

async function textOrNull(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
