import type { ByteChannel } from '../../../mcp-servers/devices/transports/byte-channel.ts'
import { serialTransport } from '../../../mcp-servers/devices/transports/serial.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { appears } from './check.ts'
import { type Gadget, makeGadget } from './gadget.ts'

/** The devices of the checks: made once, plugged in and out as often as wanted. */
export const meter = makeGadget({
  name: 'meter',
  vendorId: '2e3c',
  productId: '5558',
  serial: 'METER0001',
  product: 'FNB58',
  function: 'hid',
})
export const console_ = makeGadget({
  name: 'console',
  vendorId: '05a6',
  productId: '0009',
  serial: 'CONSOLE0001',
  product: 'Console',
  function: 'acm',
})
export const printer = makeGadget({
  name: 'printer',
  vendorId: '04f9',
  productId: '209d',
  serial: 'PRINTER0001',
  product: 'QL-820NWB',
  function: 'printer',
  printerId: 'MFG:Brother;CMD:PT-CBP;MDL:QL-820NWB;CLS:PRINTER;',
})
/** Two of one kind that nobody gave a serial number. */
export const twins = ['twin-a', 'twin-b'].map((name) =>
  makeGadget({
    name,
    vendorId: '1a86',
    productId: '7523',
    serial: null,
    product: 'USB Serial',
    function: 'acm',
  }),
)

export const keys = {
  meter: 'usb:2e3c:5558:METER0001',
  console: 'usb:05a6:0009:CONSOLE0001',
  printer: 'usb:04f9:209d:PRINTER0001',
}

export function unplugAll(): void {
  for (const gadget of [meter, console_, printer, ...twins]) {
    try {
      gadget.unplug()
    } catch {
      // It was not plugged in.
    }
  }
}

/** The far side of a serial gadget: says its name to every line, until closed. */
export async function answering(gadget: Gadget, name: string): Promise<{ close(): Promise<void> }> {
  await appears(gadget.node)
  const channel: ByteChannel = await serialTransport(
    name,
    async () => gadget.node,
    { baudRate: 9600 },
    systemClock,
  ).open()
  const going = (async () => {
    for (;;) {
      const got = await channel.read(600_000)
      if (got.kind === 'closed') return
      if (got.kind === 'bytes' && Buffer.from(got.bytes).includes('?'))
        await channel.write(Buffer.from(`${name}\n`)).catch(() => {})
    }
  })()
  return {
    async close() {
      await channel.close()
      await going
    },
  }
}

/** What the device behind an open line calls itself. */
export async function askName(channel: ByteChannel): Promise<string> {
  await channel.write(Buffer.from('?'))
  let text = ''
  while (!text.includes('\n')) {
    const got = await channel.read(5000)
    if (got.kind !== 'bytes') return `${text} (${got.kind})`
    text += Buffer.from(got.bytes).toString('latin1')
  }
  return text.trim()
}
