import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'

/** Kept beside the checkout's own files, because a kernel is the same for every clone. */
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'hwlab-bench-vm')

const packages = {
  'qemu-system-x86': '/usr/bin/qemu-system-x86_64',
  'busybox-static': '/bin/busybox',
  cpio: '/usr/bin/cpio',
  kmod: '/sbin/depmod',
  udev: '/lib/systemd/systemd-udevd',
}

/** Loaded by the guest, with what they need. */
const modules = [
  ...['virtio_pci', '9pnet_virtio', '9p', 'usbcore', 'dummy_hcd', 'libcomposite'],
  ...['usb_f_acm', 'usb_f_hid', 'usb_f_printer', 'cdc_acm', 'usbhid', 'hid_generic', 'usblp'],
]

export interface PreparedGuest {
  kernel: string
  initrd: string
}

export type Prepared = { kind: 'ready'; guest: PreparedGuest } | { kind: 'not-possible'; why: string }

/**
 * Debian's stock kernel and a first file system for it, made once and kept. Installs the packages that are missing where
 * it may; says which ones where it may not.
 */
export function prepareGuest(): Prepared {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { kind: 'not-possible', why: 'The virtual USB bench needs Linux on x86-64.' }
  const missing = Object.entries(packages).flatMap(([name, program]) => (existsSync(program) ? [] : name))
  try {
    if (missing.length > 0) install(missing)
    const kernel = fetchKernel()
    const initrd = buildInitrd(kernel)
    return { kind: 'ready', guest: { kernel: kernel.image, initrd } }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : 'unknown'
    const how = `apt-get install ${[...Object.keys(packages)].join(' ')}, and let apt-get download linux-image-amd64`
    return {
      kind: 'not-possible',
      why: `The virtual USB bench could not be prepared (${reason}). It needs: ${how}.`,
    }
  }
}

function install(missing: readonly string[]): void {
  if (process.getuid?.() !== 0)
    throw new Error(`missing: ${missing.join(', ')}, and only root may install them`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (args: string[]) =>
    execFileSync('apt-get', ['-qq', ...args], { env: environment, stdio: 'pipe' })
  apt(['update'])
  apt(['install', '-y', '--no-install-recommends', ...missing])
}

interface Kernel {
  image: string
  version: string
  /** Where the package is unpacked. */
  root: string
}

function fetchKernel(): Kernel {
  mkdirSync(cache, { recursive: true })
  const kept = readdirSync(cache).find((name) => name.startsWith('linux-image-') && !name.endsWith('.deb'))
  const root = join(cache, kept ?? downloadKernel())
  const image = readdirSync(join(root, 'boot')).find((name) => name.startsWith('vmlinuz-'))
  if (!image) throw new Error('the kernel package holds no kernel')
  return { root, image: join(root, 'boot', image), version: image.replace('vmlinuz-', '') }
}

/** The name of the folder that it was unpacked to. */
function downloadKernel(): string {
  const depends = () =>
    execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8', stdio: 'pipe' })
  const named = (text: string) => /Depends: (linux-image-\S+)/.exec(text)?.[1]
  let name = named(depends())
  if (!name && process.getuid?.() === 0) {
    execFileSync('apt-get', ['-qq', 'update'], { stdio: 'pipe' })
    name = named(depends())
  }
  if (!name) throw new Error('apt knows no linux-image-amd64')
  execFileSync('apt-get', ['-qq', 'download', name], { cwd: cache, stdio: 'pipe' })
  const archive = readdirSync(cache).find((file) => file.endsWith('.deb'))
  if (!archive) throw new Error('apt-get download left no file')
  const unpacking = join(cache, 'unpacking')
  rmSync(unpacking, { recursive: true, force: true })
  execFileSync('dpkg-deb', ['-x', archive, unpacking], { cwd: cache, stdio: 'pipe' })
  execFileSync('mv', [unpacking, join(cache, name)])
  rmSync(join(cache, archive))
  return name
}

/** busybox, the modules in the order to load them, and `init.sh`. */
function buildInitrd({ root, version }: Kernel): string {
  const tree = join(cache, 'initrd')
  const archive = join(cache, 'initrd.gz')
  rmSync(tree, { recursive: true, force: true })
  for (const folder of ['bin', 'modules']) mkdirSync(join(tree, folder), { recursive: true })
  copyFileSync(packages['busybox-static'], join(tree, 'bin/busybox'))
  copyFileSync(join(import.meta.dirname, 'guest/init.sh'), join(tree, 'init'))
  execFileSync('chmod', ['755', join(tree, 'init')])
  if (!existsSync(join(root, 'lib/modules', version, 'modules.dep')))
    execFileSync(packages.kmod, ['-b', root, version], { stdio: 'pipe' })
  const order = modulePaths(root, version)
  for (const path of order) copyFileSync(path, join(tree, 'modules', basename(path)))
  writeFileSync(join(tree, 'modules/order'), `${order.map((path) => basename(path)).join('\n')}\n`)
  execFileSync('sh', ['-c', `find . | cpio -o -H newc --quiet | gzip -1 > ${JSON.stringify(archive)}`], {
    cwd: tree,
  })
  return archive
}

function modulePaths(root: string, version: string): string[] {
  const known = readFileSync(join(root, 'lib/modules', version, 'modules.dep'), 'utf8')
  const rows = known.split('\n').map((row) => row.split(':'))
  const depends = new Map(
    rows.map(([path = '', needs = '']) => [path, needs.trim().split(' ').filter(Boolean)]),
  )
  const builtIn = readFileSync(join(root, 'lib/modules', version, 'modules.builtin'), 'utf8')
  const order: string[] = []
  const add = (path: string) => {
    for (const need of [...(depends.get(path) ?? [])].reverse()) add(need)
    if (!order.includes(path)) order.push(path)
  }
  for (const name of modules) {
    const isNamed = (path: string) => basename(path).replaceAll('-', '_') === `${name}.ko`
    const path = [...depends.keys()].find(isNamed)
    if (path) add(path)
    else if (!builtIn.split('\n').some(isNamed)) throw new Error(`the kernel has no module ${name}`)
  }
  return order.map((path) => join(root, 'lib/modules', version, path))
}
