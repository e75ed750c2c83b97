import { access, constants, readFile, stat } from 'node:fs/promises'

/** Whether this program may use the node; a node that is not there may be used, as far as rights go. */
export async function mayUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM'))
  }
}

/** What gives access to the node: its group, or a udev rule where it belongs to root alone. */
export async function accessFix(path: string, vendorId?: string, productId?: string): Promise<string> {
  const group = await groupOf(path)
  if (group !== null && group !== 'root')
    return `You may not use ${path}. Add yourself to its group: \`sudo usermod -aG ${group} $USER\`, then sign in again.`
  return `You may not use ${path}. Put this line into /etc/udev/rules.d/70-hwlab.rules, then plug the device in again: \`${udevRule(path, vendorId, productId)}\``
}

/** `uaccess` gives the node to whoever sits at the machine; `hidraw` nodes are no children of the `usb` subsystem’s rule. */
function udevRule(path: string, vendorId?: string, productId?: string): string {
  const subsystem = /hidraw/.test(path) ? 'hidraw' : /\/lp\d+$/.test(path) ? 'usbmisc' : 'tty'
  const ids =
    vendorId && productId ? `, ATTRS{idVendor}=="${vendorId}", ATTRS{idProduct}=="${productId}"` : ''
  return `SUBSYSTEM=="${subsystem}"${ids}, TAG+="uaccess", ENV{ID_MM_DEVICE_IGNORE}="1"`
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
