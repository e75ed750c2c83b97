import { connectInProcess, modernWithLinks } from './mcp-clients.ts'
import { foreignWorldAt, openOthers } from './open-others.ts'

/** A program that calls a tool that never answers, to be killed: `child <folder> <asked|allowed>`. */
const [folder = '', how = ''] = process.argv.slice(2)
const lab = await openOthers(foreignWorldAt(folder), { databasePath: `${folder}/hwlab.db` })
await lab.others.idle()
const [tool] = lab.server('proxmox')?.tools ?? []
if (!tool) throw new Error('proxmox is not there')
if (how === 'allowed')
  lab.others.setPolicy(
    { server: 'proxmox', tool: tool.tool, fingerprint: tool.fingerprint, policy: 'allow' },
    'operator',
  )
const client = await connectInProcess(lab.others.fetch, modernWithLinks)
const params = {
  name: `proxmox_${tool.tool}`,
  arguments: { vmid: 101 },
  _meta: { 'hwlab/conversation': 'talk', 'hwlab/clean': true },
}
await client.request({ method: 'tools/call', params }, { allowInputRequired: true })
const [change] = lab.approvals.open()
if (change) await lab.decide(change.id, 'approve')
