import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Puts the prepared state in the place of the one in the folder at argv[2], or finishes that when argv[3] says so, and is
 * killed just before its change number argv[4] to the disk. Says how many changes it made when it gets to the end.
 */
const [, , folder = '', what = '', at = ''] = process.argv
let changes = 0

function step(): void {
  changes += 1
  if (changes === Number(at)) process.kill(process.pid, 'SIGKILL')
}

const { renameSync, rmSync, mkdirSync, writeSync, openSync } = fs
fs.renameSync = (from, to) => {
  step()
  renameSync(from, to)
}
fs.rmSync = (path, options) => {
  step()
  rmSync(path, options)
}
Object.assign(fs, {
  mkdirSync(path: string, options: { recursive: boolean }) {
    step()
    return mkdirSync(path, options)
  },
  writeSync(file: number, text: string) {
    step()
    return writeSync(file, text)
  },
  openSync(path: string, flags: string, mode?: number) {
    if (flags !== 'r') step()
    return openSync(path, flags, mode)
  },
})
syncBuiltinESMExports()

const { finishSwap, swapState } = await import('../../mcp-servers/serving/swap-state.ts')
if (what === 'finish') finishSwap(folder)
else swapState(folder, Date.UTC(2026, 10, 21))
process.stdout.write(String(changes))
