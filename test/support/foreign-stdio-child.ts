import { readFileSync } from 'node:fs'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { foreignPlanSchema, foreignServer } from './foreign-tools.ts'

/** Somebody else's MCP server on stdio: `child <plan file> <log file>`. */
const [planPath = '', logPath = ''] = process.argv.slice(2)
const readPlan = () => foreignPlanSchema.parse(JSON.parse(readFileSync(planPath, 'utf8')))
process.stderr.write('it is up\n')
serveStdio(() => foreignServer(readPlan, logPath, process.env))
