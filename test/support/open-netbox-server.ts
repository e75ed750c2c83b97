import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import sharp from 'sharp'
import { z } from 'zod'
import { type Approvals, approvalMigrations, openApprovals } from '../../mcp-servers/approval/approvals.ts'
import type { ChangeRequest, StepExecutor } from '../../mcp-servers/approval/change-request.ts'
import { openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import { openInventory } from '../../mcp-servers/netbox/client/open-inventory.ts'
import type { RecordSeen } from '../../mcp-servers/netbox/client/record-seen.ts'
import type { Fetch } from '../../mcp-servers/netbox/client/rest.ts'
import type { ItemCard } from '../../mcp-servers/netbox/intake/item-view.ts'
import { type NetboxServer, openNetboxServer } from '../../mcp-servers/netbox/main.ts'
import { netboxTables } from '../../mcp-servers/netbox/netbox-tables.ts'
import type { PhotoReader, PhotoReading } from '../../mcp-servers/netbox/photo/photo-reading.ts'
import { type LabDatabase, type MigrationsOwner, openDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from './fake-clock.ts'
import { FakePhotoReader } from './fake-photo-reader.ts'

const operator = 'operator'

/** What a tool answered: the structured content, or the sentence of a refusal. */
export type ToolAnswer =
  | { kind: 'answer'; output: Record<string, unknown> }
  | { kind: 'refused'; why: string }

interface Opened {
  database: LabDatabase
  approvals: Approvals
  inventory: Inventory
  netbox: NetboxServer
}

/** The netbox server over real tables, approvals and the embedded inventory; only reading photos and printing are made up. */
export class NetboxLab {
  readonly clock = new FakeClock()
  readonly reader: FakePhotoReader
  /** Tags that went to a printer, and what was known of their records then. */
  readonly printed: { tag: string; record: string }[] = []
  readonly faults: unknown[] = []
  #opened: Opened | null = null
  #clients: Client[] = []
  #photos = 0

  readonly stateDir: string
  options: LabOptions

  constructor(stateDir: string, options: LabOptions, reader = new FakePhotoReader()) {
    this.reader = reader
    this.stateDir = stateDir
    this.options = options
  }

  get parts(): Opened {
    if (!this.#opened) throw new Error('the lab is closed')
    return this.#opened
  }

  async open(): Promise<void> {
    const { clock, options } = this
    const tables = [approvalMigrations, ...netboxTables, ...(options.tables ?? [])]
    const database = openDatabase(join(this.stateDir, 'hwlab.db'), tables)
    const approvals = openApprovals({ database, clock, onFault: (fault) => this.faults.push(fault) })
    const connection = options.netbox ? { ...options.netbox, caFile: null } : null
    const inventory = openInventory(
      connection
        ? { kind: 'netbox', ...connection, clock }
        : { kind: 'embedded', database, clock, ...(options.wrapFetch ? { fetch: options.wrapFetch } : {}) },
    )
    const netbox = await openNetboxServer({
      database,
      clock,
      stateDir: this.stateDir,
      approvals,
      readOnly: options.readOnly ?? false,
      confirmUrl: (changeId) => `http://127.0.0.1:4610/c/${changeId}`,
      stateKey: new Uint8Array(32).fill(3),
      publicUrl: () => 'http://bench.lan:4610',
      netbox: connection,
      inventory,
      photoReader: options.photoReader ?? this.reader,
      printers: () => options.printers ?? [{ id: 'ql', name: 'Brother QL-820' }],
      onFault: (fault) => this.faults.push(fault),
    })
    this.#opened = { database, approvals, inventory, netbox }
    approvals.register(this.#printer(approvals, netbox))
    await approvals.resume()
    if (options.start !== false) netbox.start()
  }

  /** Prints only what is confirmed, and remembers it. */
  #printer(approvals: Approvals, netbox: NetboxServer): StepExecutor {
    const payloadSchema = z.object({ tag: z.string() })
    return {
      kind: 'devices.print_label',
      recheck: async () => ({ kind: 'fresh' }),
      begin: (stepId, payload) => {
        const { tag } = payloadSchema.parse(payload)
        netbox.intake.record(tag).then(
          (record) => {
            this.printed.push({ tag, record: record.kind })
            approvals.finishStep(stepId, { kind: 'done', words: 'Printed.' })
          },
          (fault: unknown) => this.faults.push(fault),
        )
      },
    }
  }

  async shut(): Promise<void> {
    const { netbox, approvals, inventory, database } = this.parts
    await Promise.all(this.#clients.splice(0).map((client) => client.close()))
    await netbox.close()
    await inventory.close()
    approvals.close()
    database.close()
    this.#opened = null
  }

  /** Ends everything and starts again on the same files. */
  async restart(): Promise<void> {
    await this.shut()
    await this.open()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#opened) await this.shut()
    await rm(this.stateDir, { recursive: true })
  }

  /** Calls a tool as a real MCP client of this name. */
  async call(tool: string, args: Record<string, unknown>, clientName = 'chat'): Promise<ToolAnswer> {
    const client = new Client({ name: clientName, version: '1' }, { versionNegotiation: { mode: 'auto' } })
    this.#clients.push(client)
    const { server } = this.parts.netbox
    await client.connect(
      new StreamableHTTPClientTransport(new URL('http://netbox.invalid/mcp'), {
        fetch: (url, init) => server.fetch(new Request(url, init)),
      }),
    )
    const result = await client.callTool({ name: tool, arguments: args })
    if (result.isError === true)
      return { kind: 'refused', why: textSchema.parse(result.content)[0]?.text ?? '' }
    return { kind: 'answer', output: z.record(z.string(), z.unknown()).parse(result.structuredContent) }
  }

  /** A stored photo in which the readers will see this. */
  async photo(reading: PhotoReading | Error, sample = false): Promise<string> {
    this.#photos += 1
    const bytes = await sharp({
      create: {
        width: 64,
        height: 48,
        channels: 3,
        background: { r: (this.#photos * 20) % 240, g: this.#photos, b: 30 },
      },
    })
      .png()
      .toBuffer()
    return this.upload(bytes, reading, sample)
  }

  async upload(
    bytes: Uint8Array,
    reading: PhotoReading | Error | null = null,
    sample = false,
  ): Promise<string> {
    const { attachments } = this.parts.netbox
    const stored = await attachments.store(bytes, 'label.png', sample)
    if (stored.kind === 'refused') throw new Error(stored.why)
    const sha256 = attachments.find(stored.attachmentId)?.sha256 ?? ''
    if (reading !== null) this.reader.set(sha256, reading)
    return stored.attachmentId
  }

  /** Starts an intake over MCP and returns the card. */
  async intake(attachmentIds: string[], note?: string): Promise<ItemCard> {
    const answer = await this.call('start_intake', {
      attachment_ids: attachmentIds,
      ...(note === undefined ? {} : { note }),
    })
    if (answer.kind === 'refused') throw new Error(answer.why)
    return this.card(z.string().parse(answer.output.item_id))
  }

  card(itemId: string): ItemCard {
    const card = this.parts.netbox.intake.card(itemId)
    if (!card) throw new Error(`no item ${itemId}`)
    return card
  }

  field(itemId: string, name: string): ItemCard['fields'][number] {
    const field = this.card(itemId).fields.find((candidate) => candidate.field === name)
    if (!field) throw new Error(`no field ${name}`)
    return field
  }

  change(changeId: string): ChangeRequest {
    const change = this.parts.approvals.get(changeId)
    if (!change) throw new Error(`no change ${changeId}`)
    return change
  }

  /** Proposes over MCP and returns the filed request. */
  async propose(itemId: string, print = true): Promise<ChangeRequest> {
    const answer = await this.call('propose_record', { item_id: itemId, print })
    if (answer.kind === 'refused') throw new Error(answer.why)
    return this.change(z.string().parse(answer.output.change_id))
  }

  decide(
    change: Pick<ChangeRequest, 'id' | 'digest'>,
    decision: 'approve' | 'decline' = 'approve',
    leaveOut: number[] = [],
  ): ReturnType<Approvals['decide']> {
    return this.parts.approvals.decide({
      changeId: change.id,
      digest: change.digest,
      decision,
      leaveOut,
      operator,
      channel: 'chat-card',
    })
  }

  /** Resolves when the request has ended, one way or the other. */
  ended(changeId: string): Promise<ChangeRequest> {
    const isOver = ({ state }: ChangeRequest) =>
      state !== 'proposed' && state !== 'approved' && state !== 'executing'
    return new Promise((resolve) => {
      const now = this.change(changeId)
      if (isOver(now)) return resolve(now)
      const stop = this.parts.approvals.onChange((change) => {
        if (change.id !== changeId || !isOver(change)) return
        stop()
        resolve(change)
      })
    })
  }

  /** Resolves when the item looks like this. */
  until(itemId: string, isSo: (card: ItemCard) => boolean): Promise<ItemCard> {
    return new Promise((resolve) => {
      const now = this.card(itemId)
      if (isSo(now)) return resolve(now)
      const stop = this.parts.netbox.intake.onChange((changed) => {
        const card = changed === itemId ? this.parts.netbox.intake.card(itemId) : null
        if (!card || !isSo(card)) return
        stop()
        resolve(card)
      })
    })
  }

  /** Every device in the inventory whose tag HWLab gave. */
  async records(): Promise<RecordSeen[]> {
    const looked = await this.parts.inventory.search('HW-', 100)
    if (looked.kind === 'away') throw new Error(looked.why)
    return looked.records
  }
}

export interface LabOptions {
  readOnly?: boolean
  photoReader?: PhotoReader
  printers?: { id: string; name: string }[]
  wrapFetch?: (inner: Fetch) => Fetch
  /** Instead of the embedded inventory. */
  netbox?: { url: string; token: string }
  /** False: nothing is written until `netbox.start()`. */
  start?: boolean
  /** Of what works on the same database. */
  tables?: MigrationsOwner[]
}

const textSchema = z.array(z.object({ text: z.string() }))

/** A new database with its catalogue, made once for all labs of a test file. */
let freshImage: Buffer | null = null

function freshDatabase(): Buffer {
  if (freshImage) return freshImage
  const database = openDatabase(':memory:', [approvalMigrations, ...netboxTables])
  openCatalogue(database)
  freshImage = database.serialize()
  database.close()
  return freshImage
}

export async function openNetboxLab(options: LabOptions = {}): Promise<NetboxLab> {
  const stateDir = await mkdtemp(join(tmpdir(), 'hwlab-netbox-'))
  await writeFile(join(stateDir, 'hwlab.db'), freshDatabase())
  const lab = new NetboxLab(stateDir, options)
  await lab.open()
  return lab
}
