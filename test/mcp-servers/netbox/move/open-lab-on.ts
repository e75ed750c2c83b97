import { join } from 'node:path'
import { approvalMigrations, openApprovals } from '../../../../mcp-servers/approval/approvals.ts'
import { openNetboxServer } from '../../../../mcp-servers/netbox/main.ts'
import { netboxTables } from '../../../../mcp-servers/netbox/netbox-tables.ts'
import type { Clock } from '../../../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { openShellDesk } from '../../../../mcp-servers/shell/shell-desk.ts'
import { FakePhotoReader } from '../../../support/fake-photo-reader.ts'

/** The netbox server of a state folder, with NetBox at this address. */
export async function openLabOn(stateDir: string, netbox: { url: string; token: string }, clock: Clock) {
  const database = openDatabase(join(stateDir, 'hwlab.db'), [approvalMigrations, ...netboxTables])
  const approvals = openApprovals({ database, clock })
  const server = await openNetboxServer({
    ...{ database, clock, stateDir, approvals, readOnly: false },
    netbox: { ...netbox, caFile: null },
    confirmUrl: (changeId) => changeId,
    stateKey: new Uint8Array(32).fill(3),
    publicUrl: () => 'http://127.0.0.1:4610',
    photoReader: new FakePhotoReader(),
  })
  await approvals.resume()
  server.start()
  return {
    database,
    approvals,
    server,
    shell: openShellDesk({ approvals, netbox: server }),
    watch(look: () => void): void {
      approvals.onChange(look)
    },
    async close(): Promise<void> {
      await server.close()
      approvals.close()
      database.close()
    },
  }
}
