import { openBridge } from '../../mcp-servers/serving/bridge.ts'

/** What a foreign client starts when HWLab runs already: `child <url> <token>`. */
const [url = '', token = ''] = process.argv.slice(2)
const bridge = await openBridge({ owner: { url, token }, server: 'netbox' })
await bridge.closed
