import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { type Approvals, approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import type { UsbListing } from '../../mcp-servers/devices/bench/usb-descriptor.ts'
import { devicesTables } from '../../mcp-servers/devices/devices-tables.ts'
import type { LabelFacts } from '../../mcp-servers/devices/labels/label-svg.ts'
import { type DevicesServer, openDevicesServer } from '../../mcp-servers/devices/main.ts'
import type { RecordLookUp } from '../../mcp-servers/devices/print-queue/print-queue.ts'
import type { PrinterConfig } from '../../mcp-servers/devices/printers/printer.ts'
import type { RunProgram } from '../../mcp-servers/devices/printers/run-program.ts'
import { type Clock, systemClock } from '../../mcp-servers/serving/clock.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import { quietBench } from './quiet-bench.ts'

export function labelFacts(tag: string): LabelFacts {
  return {
    tag,
    name: 'Dell OptiPlex 7050 Micro',
    specLine: 'i5-7500T · 16 GB · 256 GB SSD',
    url: `http://192.168.1.20:4610/a/${tag}`,
    sample: false,
  }
}

export interface DevicesLab {
  devices: DevicesServer
  approvals: Approvals
  database: LabDatabase
  /** Records by tag; anything else is unknown. */
  records: Map<string, Awaited<ReturnType<RecordLookUp>>>
  stateDir: string
  /** A real MCP client over the server's own HTTP handler. */
  connect(): Promise<Client>
  /** Closes everything and opens it again on the same files. */
  reopen(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** The devices server with real tables, real approvals and real printers; only the bench and CUPS are made up. */
export async function openDevicesLab(
  options: { printers?: PrinterConfig[]; usb?: UsbListing; runProgram?: RunProgram; clock?: Clock } = {},
): Promise<DevicesLab> {
  const clock = options.clock ?? systemClock
  const stateDir = await mkdtemp(join(tmpdir(), 'hwlab-devices-'))
  const records: DevicesLab['records'] = new Map([
    ['HW-00001', { kind: 'confirmed', facts: labelFacts('HW-00001') }],
  ])
  const clients: Client[] = []

  async function open() {
    const database = openDatabase(join(stateDir, 'hwlab.db'), [approvalMigrations, ...devicesTables])
    const approvals = openApprovals({ database, clock })
    const devices = await openDevicesServer({
      database,
      clock,
      approvals,
      record: async (tag) => records.get(tag) ?? { kind: 'unknown' },
      tagOf: (itemId) => (itemId === 'item-1' ? 'HW-00001' : null),
      stateDir,
      printers: options.printers ?? [],
      serving: {
        readOnly: false,
        confirmUrl: (changeId) => `http://127.0.0.1:4610/c/${changeId}`,
        stateKey: new Uint8Array(32).fill(5),
      },
      world: {
        enumerate: async () => options.usb ?? { kind: 'listed', devices: [] },
        watch: quietBench.watch,
        runProgram: options.runProgram ?? (async () => ({ kind: 'missing' })),
      },
    })
    await approvals.resume()
    return { database, approvals, devices }
  }

  async function shut(): Promise<void> {
    await Promise.all(clients.splice(0).map((client) => client.close()))
    await lab.devices.close()
    lab.approvals.close()
    lab.database.close()
  }

  const lab: DevicesLab = {
    ...(await open()),
    records,
    stateDir,
    async connect() {
      const client = new Client({ name: 'test', version: '1' })
      const transport = new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp/devices'), {
        fetch: (url, init) => lab.devices.server.fetch(new Request(url, init)),
      })
      await client.connect(transport)
      clients.push(client)
      return client
    },
    async reopen() {
      await shut()
      Object.assign(lab, await open())
    },
    async [Symbol.asyncDispose]() {
      await shut()
      await rm(stateDir, { recursive: true, force: true })
    },
  }
  return lab
}
