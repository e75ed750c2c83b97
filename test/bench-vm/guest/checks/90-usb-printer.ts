import { open, readdir, writeFile } from 'node:fs/promises'
import { identify } from '../../../../mcp-servers/devices/bench/identity.ts'
import { listFromSysfs } from '../../../../mcp-servers/devices/bench/sysfs.ts'
import { printerIdOverUsb, usbPrinter } from '../../../../mcp-servers/devices/bench/usb-package.ts'
import { askedOverUsb } from '../../../../mcp-servers/devices/printers/asked-over-usb.ts'
import { askDeviceId, openUsbPrinter } from '../../../../mcp-servers/devices/transports/usb-printer.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { appears, type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { keys, printer, unplugAll } from '../desk.ts'

const jobBytes = 40_000

export default {
  name: 'a printer that no driver of the system holds is asked and printed on over USB itself',
  async run() {
    unplugAll()
    printer.plugIn(0)
    const registry = await openRealRegistry()
    await until(registry, () => (registry.find(keys.printer)?.nodes.length ?? 0) > 0, 'it did not appear')
    await takeFromSystem()
    await appears(printer.node)
    const far = await open(printer.node, 'r+')

    const listing = await listFromSysfs('/sys')
    const devices = identify(listing.kind === 'listed' ? listing.devices : [])
    const bare = devices.find((one) => one.key === keys.printer)
    must(bare?.printerId === null, `the system still knows ${bare?.printerId}`)
    const [known] = await askedOverUsb(bare ? [bare] : [], printerIdOverUsb)
    must(known?.printerId?.includes('CMD:PT-CBP') === true, `asked over USB it says ${known?.printerId}`)

    const device = await usbPrinter(keys.printer)
    must(device !== null, 'the package does not see it')
    const said = await askDeviceId(device)
    must(said?.includes('MDL:QL-820NWB') === true, `GET_DEVICE_ID gave ${said}`)

    const line = await openUsbPrinter(device, systemClock)
    const job = Buffer.from(Array.from({ length: jobBytes }, (_, at) => (at * 31) % 251))
    const [arrived] = await Promise.all([readAll(far, jobBytes), line.write(job)])
    must(arrived.equals(job), `${arrived.length} bytes arrived, not the same ${jobBytes}`)
    await far.write(Buffer.from('ready'))
    const answer = await line.read(5000)
    must(
      answer.kind === 'bytes' && Buffer.from(answer.bytes).toString() === 'ready',
      `it answered ${answer.kind}`,
    )

    const waiting = line.read(600_000)
    const startedMs = performance.now()
    printer.unplug()
    const ended = await waiting
    must(ended.kind === 'closed', `a read at the unplugging came to ${ended.kind}`)
    const tookMs = Math.round(performance.now() - startedMs)
    await line.close()
    await far.close()
    await registry.close()
    return `${jobBytes} bytes there, an answer back, a waiting read ended ${tookMs} ms after the unplugging`
  },
} satisfies BenchCheck

/** As on a system without usblp. */
async function takeFromSystem(): Promise<void> {
  const driver = '/sys/bus/usb/drivers/usblp'
  for (const name of await readdir(driver))
    if (/^\d+-[\d.]+:\d/.test(name)) await writeFile(`${driver}/unbind`, name)
}

async function readAll(far: Awaited<ReturnType<typeof open>>, wanted: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  for (let bytes = 0; bytes < wanted; ) {
    const { bytesRead, buffer } = await far.read(Buffer.alloc(16_384), 0, 16_384, null)
    pieces.push(buffer.subarray(0, bytesRead))
    bytes += bytesRead
  }
  return Buffer.concat(pieces)
}
