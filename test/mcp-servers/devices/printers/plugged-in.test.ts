import { describe, expect, test } from 'vitest'
import { identify } from '../../../../mcp-servers/devices/bench/identity.ts'
import type { UsbDescriptor } from '../../../../mcp-servers/devices/bench/usb-descriptor.ts'
import { askedOverUsb } from '../../../../mcp-servers/devices/printers/asked-over-usb.ts'
import { parseDeviceId } from '../../../../mcp-servers/devices/printers/device-id.ts'
import { pluggedInPrinters } from '../../../../mcp-servers/devices/printers/plugged-in.ts'

const plain: UsbDescriptor = {
  vendorId: '1234',
  productId: '5678',
  serial: 'S1',
  manufacturer: null,
  product: null,
  topology: '1-1',
  address: null,
  classes: [0, 7],
  nodes: ['/dev/usb/lp0'],
  ports: [],
  printerId: null,
}

function pluggedIn(facts: Partial<UsbDescriptor>) {
  const [found] = pluggedInPrinters(identify([{ ...plain, ...facts }]))
  return found ?? null
}

describe('a printer that is plugged in', () => {
  test.each([
    ['MFG:Zebra;CMD:ZPL;MDL:GK420d;CLS:PRINTER;', 'zpl', 'GK420', '50x30-203'],
    ['MFG:Zebra ;COMMAND SET:ZPL:2,XML;MODEL:ZTC ZD420-300dpi ZPL;', 'zpl', 'ZPL 300 dpi', '50x30-300'],
    ['MFG:Munbyn;CMD:TSPL;MDL:RW403B;CMT:Label Printer;', 'tspl', 'RW403', '50x30-203'],
    ['MFG:4BARCODE;CMD:TSPL2;MDL:3B-363B;CLS:PRINTER;', 'tspl', '3B-363', '50x30-203'],
    ['MFG:Xprinter;CMD:ESC/POS,TSPL;MDL:XP-350B;', 'tspl', 'TSPL 203 dpi', '50x30-203'],
    ['MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;CLS:PRINTER;', 'esc-pos', 'TM-T20', 'receipt-80'],
    ['MFG:Printer;MDL:POS-58;CMD:ESC/POS;CLS:PRINTER;', 'esc-pos', 'POS-58', 'receipt-58'],
  ])('that says %s gets its driver', (printerId, driver, model, media) => {
    expect(pluggedIn({ printerId })).toMatchObject({
      kind: 'printer',
      config: { driver, model, media, transport: { kind: 'usb', key: 'usb:1234:5678:S1' } },
    })
  })

  test('of Brother is known by its number or its name, and prints on whatever roll it has', () => {
    const byNumber = pluggedIn({ vendorId: '04f9', productId: '209d' })
    expect(byNumber).toMatchObject({ config: { driver: 'brother-ql', model: 'QL-820NWB', media: 'loaded' } })
    const byName = pluggedIn({ vendorId: '04f9', printerId: 'MFG:Brother;CMD:PT-CBP;MDL:QL-1100;' })
    expect(byName).toMatchObject({ config: { model: 'QL-1100', name: 'Brother QL-1100 (USB)' } })
  })

  test('of NIIMBOT is a serial line, with the labels that its head reaches over', () => {
    const d110 = pluggedIn({
      classes: [2],
      nodes: ['/dev/ttyACM0'],
      manufacturer: 'NIIMBOT',
      product: 'D110',
    })
    expect(d110).toMatchObject({
      config: {
        driver: 'niimbot',
        media: 'niimbot-12x40',
        transport: { kind: 'serial', key: 'usb:1234:5678:S1' },
      },
    })
  })

  test.each([
    [
      'that speaks another language',
      { printerId: 'MFG:HP;CMD:PCL,PJL;MDL:Laser;' },
      /speaks PCL, PJL.*print queue/,
    ],
    ['that says nothing', {}, /does not say which language.*printers\.json.*png/],
    ['of HPRT that says nothing', { vendorId: '20d1' }, /larger label printers speak TSPL/],
    [
      'of Brother that is no QL',
      { vendorId: '04f9', printerId: 'MFG:Brother;CMD:PT-CBP;MDL:PT-P700;' },
      /PT-CBP/,
    ],
    ['that is a Qutie', { product: 'PRT Qutie', classes: [0] }, /only charges.*Bluetooth.*another printer/],
  ])('%s explains itself, with the ways out', (_what, facts, words) => {
    const found = pluggedIn(facts)
    expect(found).toMatchObject({ kind: 'unknown', why: expect.stringMatching(words) })
  })

  test('that no driver of the system holds is asked over USB itself, and no other device is', async () => {
    const bare = { ...plain, nodes: [] }
    const devices = identify([
      bare,
      { ...bare, serial: 'S2', nodes: ['/dev/usb/lp0'] },
      { ...bare, serial: 'S3', classes: [3] },
      { ...bare, serial: 'S4', printerId: 'MFG:EPSON;CMD:ESC/POS;MDL:TM-T20II;' },
    ])
    const asked: string[] = []
    const found = await askedOverUsb(devices, async (key) => {
      asked.push(key)
      return 'MFG:Munbyn;CMD:TSPL;MDL:RW403B;'
    })
    expect(asked).toEqual(['usb:1234:5678:S1'])
    const drivers = pluggedInPrinters(found).map((one) =>
      one.kind === 'printer' ? one.config.driver : one.kind,
    )
    expect(drivers).toEqual(['tspl', 'unknown', 'esc-pos'])
  })

  test('is not what is no printer', () => {
    expect(pluggedIn({ classes: [3], product: 'Keyboard' })).toBeNull()
    expect(pluggedIn({ vendorId: '04f9', productId: '2042', classes: [0, 8] })).toBeNull()
  })

  test('cannot put more than a short line into our words', () => {
    const hostile = `MFG:${'A'.repeat(900)};MDL:x\u0007\u202ey\n;CMD:${'Z'.repeat(900)};`
    const said = parseDeviceId(hostile)
    expect(said.maker.length).toBeLessThanOrEqual(120)
    expect(said.model).toBe('x y')
    const found = pluggedIn({ printerId: hostile })
    expect(found?.kind === 'unknown' && found.why.length).toBeLessThan(600)
  })
})
