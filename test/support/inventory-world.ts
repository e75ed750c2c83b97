import { expect } from 'vitest'
import { z } from 'zod'
import type { Failure } from '../../mcp-servers/netbox/client/failure.ts'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import type { RestSuccess } from '../../mcp-servers/netbox/client/rest.ts'

const rowSchema = z.looseObject({ id: z.number() })
type Json = Record<string, unknown>

/** Makes what a contract test needs; every name begins with the prefix. */
export class InventoryWorld {
  readonly inventory: Inventory
  readonly prefix: string
  #count = 0

  constructor(inventory: Inventory, prefix: string) {
    this.inventory = inventory
    this.prefix = prefix
  }

  call(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    json?: Json,
  ): Promise<RestSuccess | Failure> {
    return this.inventory.rest.call({ method, path, ...(json === undefined ? {} : { body: { json } }) })
  }

  async make(endpoint: string, json: Json): Promise<number> {
    const answer = await this.call('POST', `${endpoint}/`, json)
    expect(answer).toMatchObject({ kind: 'ok' })
    return rowSchema.parse(answer.kind === 'ok' ? answer.body : null).id
  }

  async read(path: string): Promise<Json> {
    const answer = await this.call('GET', path)
    expect(answer).toMatchObject({ kind: 'ok' })
    return rowSchema.parse(answer.kind === 'ok' ? answer.body : null)
  }

  async ids(list: ReturnType<Inventory['rest']['list']>): Promise<number[]> {
    const answer = await list
    expect(answer).toMatchObject({ kind: 'ok' })
    return answer.kind === 'ok' ? answer.rows.map((row) => row.id) : []
  }

  /** A maker, types, a role, a site, a shelf in a room, and a rack of four units there. */
  async lab() {
    const { prefix } = this
    const named = (name: string) => ({ name: `${prefix} ${name}`, slug: `${prefix}-${name}` })
    const manufacturer = await this.make('dcim/manufacturers', named('acme'))
    const site = await this.make('dcim/sites', named('site'))
    const role = await this.make('dcim/device-roles', { ...named('role'), color: '9e9e9e' })
    const room = await this.make('dcim/locations', { ...named('room'), site })
    const shelf = await this.make('dcim/locations', { ...named('shelf'), site, parent: room })
    const rack = await this.make('dcim/racks', { name: `${prefix} rack`, site, location: room, u_height: 4 })
    const type = (name: string, more: Json) =>
      this.make('dcim/device-types', {
        manufacturer,
        model: `${prefix} ${name}`,
        slug: `${prefix}-${name}`,
        ...more,
      })
    const box = await type('box', { u_height: 0 })
    const server = await type('server', { u_height: 2 })
    const panel = await type('panel', { u_height: 1, is_full_depth: false })
    const part = await this.make('dcim/module-types', { manufacturer, model: `${prefix} part` })
    const device = (more: Json = {}) => {
      this.#count += 1
      const asset_tag = `${prefix}-D${this.#count}`
      return this.make('dcim/devices', { device_type: box, role, site, asset_tag, ...more })
    }
    const port = (device: number, name: string, more: Json = {}) =>
      this.make('dcim/interfaces', { device, name, type: '1000base-t', ...more })
    const bay = (device: number, name: string) => this.make('dcim/module-bays', { device, name })
    return { manufacturer, site, role, room, shelf, rack, box, server, panel, part, device, port, bay }
  }

  end(interfaceId: number): Json[] {
    return [{ object_type: 'dcim.interface', object_id: interfaceId }]
  }
}
