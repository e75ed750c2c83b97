import { access, constants, readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Whether this program may use the node; a node that is not there may be used, as far as rights go. */
export async function mayUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'))
  }
}

/** What gives access to the node: its group, or a udev rule where it belongs to root alone. `sysRoot` is `/sys`. */
export async function accessFix(path: string, sysRoot = '/sys'): Promise<string> {
  const group = await groupOf(path)
  if (group !== null && group !== 'root')
    return `You may not use ${path}. Add yourself to its group: \`sudo usermod -aG ${group} $USER\`, then sign in again.`
  const rule = await udevRule(path, sysRoot)
  return `You may not use ${path}. Put this line into /etc/udev/rules.d/70-hwlab.rules, then plug the device in again: \`${rule}\``
}

/**
 * `uaccess` gives the node to whoever sits at the machine; only those of this very product, never every keyboard or
 * terminal. `hidraw` nodes are no children of the `usb` subsystem’s rule.
 */
async function udevRule(path: string, sysRoot: string): Promise<string> {
  const ids = await idsOf(path, sysRoot)
  const ofOne = ids
    ? `ATTRS{idVendor}=="${ids.vendorId}", ATTRS{idProduct}=="${ids.productId}"`
    : `KERNEL=="${basename(path)}"`
  return `SUBSYSTEM=="${subsystemOf(path)}", ${ofOne}, TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"`
}

function subsystemOf(path: string): string {
  if (/\/bus\/usb\//.test(path)) return 'usb'
  return /hidraw/.test(path) ? 'hidraw' : /\/lp\d+$/.test(path) ? 'usbmisc' : 'tty'
}

/** Of the USB device that the node belongs to; sysfs has every node by its numbers. */
async function idsOf(path: string, sysRoot: string): Promise<{ vendorId: string; productId: string } | null> {
  try {
    const { rdev } = await stat(path)
    const numbers = `${(rdev >> 8) & 0xfff}:${(rdev & 0xff) | ((rdev >> 12) & 0xfff00)}`
    let folder = await realpath(join(sysRoot, 'dev/char', numbers))
    for (; dirname(folder) !== folder; folder = dirname(folder)) {
      const [vendorId, productId] = await Promise.all(
        ['idVendor', 'idProduct'].map((name) => readFile(join(folder, name), 'utf8').catch(() => null)),
      )
      if (vendorId && productId) return { vendorId: vendorId.trim(), productId: productId.trim() }
    }
  } catch {
    // It is gone, or no device of this kind of system.
  }
  return null
}

async function groupOf(path: string): Promise<string | null> {
  try {
    const { gid, mode } = await stat(path)
    if ((mode & 0o060) !== 0o060) return null
    const line = (await readFile('/etc/group', 'utf8'))
      .split('\n')
      .find((row) => row.split(':')[2] === String(gid))
    return line?.split(':')[0] ?? null
  } catch {
    return null
  }
}
