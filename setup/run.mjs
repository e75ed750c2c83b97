/**
 * Runs a TypeScript entry of HWLab: installs what the lock file names when that has not been done, builds the ui when its
 * sources have changed, then hands over to the pinned Node. Plain JavaScript for Node 20 and later, built-ins only.
 * All of its own words go to stderr: stdout belongs to the program.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')

const programs = new Set(['agent/main.ts', 'agent/cli.ts'])
const needsUi = new Set(['agent/main.ts', 'test/run.ts', 'test/check.ts', 'bench/run.ts'])

function say(words) {
  process.stderr.write(`${words}\n`)
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => name !== 'dist' && name !== 'node_modules')
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const file of paths.filter((path) => existsSync(path)).flatMap(filesBelow)) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function stampSays(stamp, hash) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hash
}

function install() {
  const hash = hashOf([join(root, 'package-lock.json')]) + process.platform + process.arch
  const stamp = join(modules, '.hwlab-installed')
  if (stampSays(stamp, hash)) return
  say('HWLab installs what it needs from npm. The first time this takes a minute or two.')
  const npm = process.env.npm_execpath
  // Not `npm ci`: it refuses a lock file that lacks the optional builds for platforms other than the one it was made on.
  const words = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  const done = npm
    ? spawnSync(process.execPath, [npm, ...words], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', words, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status !== 0) {
    say(
      'npm could not install HWLab. Is the npm registry reachable from here? Then run the same command again.',
    )
    process.exit(1)
  }
  writeFileSync(stamp, hash)
}

/** The pinned Node from npm's platform package, else the Node that runs this, if it is new enough. */
function nodePath() {
  const pinned = join(modules, '.bin', 'node')
  if (existsSync(pinned)) return pinned
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 19)) return process.execPath
  say(
    `HWLab has no Node of its own for ${process.platform} ${process.arch}. Install Node 22.19 or later and try again.`,
  )
  process.exit(1)
}

function buildUi(node) {
  const sources = ['ui', 'agent/protocol.ts', 'agent/protocol', 'vite.config.ts', 'package-lock.json'].map(
    (path) => join(root, path),
  )
  const hash = hashOf(sources)
  const stamp = join(root, 'ui', 'dist', '.built-from')
  if (stampSays(stamp, hash)) return
  say('Building the user interface…')
  const built = spawnSync(node, [join(modules, 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (built.status !== 0) {
    say('The user interface could not be built; the lines above say why.')
    process.exit(1)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}

/** Runs `entry` (relative to the project) with `words`; ends this process with the same exit code or signal. */
export function run(entry, words) {
  install()
  const node = nodePath()
  if (needsUi.has(entry)) buildUi(node)
  const path = `${join(modules, '.bin')}:${process.env.PATH ?? ''}`
  // Node keeps what it compiled: the next start, and every program that this one starts, takes half as long.
  const compiled = process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'compiled')
  // While modules are loaded V8 lets its young generation grow to 64 MB, and keeps it; HWLab itself needs little of that.
  const flags = programs.has(entry)
    ? JSON.parse(readFileSync(join(root, 'setup', 'node-flags.json'), 'utf8'))
    : []
  const child = spawn(node, [...flags, join(root, entry), ...words], {
    stdio: 'inherit',
    env: { ...process.env, PATH: path, NODE_COMPILE_CACHE: compiled },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal))
  }
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const [entry, ...words] = process.argv.slice(2)
  run(entry, words)
}
