import { writeSync } from 'node:fs'
import { openStateFolder } from '../../mcp-servers/serving/state-folder.ts'

/** A process that owns a state folder until it is killed: `child <folder>`. */
const opened = await openStateFolder(process.argv[2] ?? '')
if (opened.kind === 'owner') opened.folder.announce('http://127.0.0.1:4610')
writeSync(1, `${opened.kind}\n`)
setInterval(() => {}, 60_000)
