import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { systemCode } from '../device-error.ts'
import { type PrinterConfig, printerConfigSchema } from './printer.ts'

const fileSchema = z.array(printerConfigSchema)

export type PrintersFile = { kind: 'read'; printers: PrinterConfig[] } | { kind: 'unusable'; why: string }

/** The owner's own printers, in a JSON list; a file that is not there is an empty list. */
export async function readPrintersFile(path: string): Promise<PrintersFile> {
  const text = await textOrNull(path)
  if (text === null) return { kind: 'read', printers: [] }
  const parsed = fileSchema.safeParse(parseJson(text))
  if (parsed.success) return { kind: 'read', printers: parsed.data }
  const [issue] = parsed.error.issues
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : ''
  return { kind: 'unusable', why: `printers.json is not a list of printers${where}. Correct it and restart.` }
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
