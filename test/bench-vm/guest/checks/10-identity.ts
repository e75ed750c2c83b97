import { serialPlaces } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { console_, keys, meter, printer } from '../desk.ts'

export default {
  name: 'a meter, a console and a printer are known by vendor, product and serial number',
  async run() {
    const registry = await openRealRegistry()
    meter.plugIn(0)
    console_.plugIn(1)
    printer.plugIn(2)
    const all = () => Object.values(keys).every((key) => (registry.find(key)?.nodes.length ?? 0) > 0)
    const tookMs = await until(registry, all, 'the three devices did not appear with their nodes')
    const node = (key: string) => registry.find(key)?.nodes.join() ?? ''
    must(/hidraw\d+/.test(node(keys.meter)), `the meter’s node is ${node(keys.meter)}`)
    must(/ttyACM\d+/.test(node(keys.console)), `the console’s node is ${node(keys.console)}`)
    must(/usb\/lp\d+/.test(node(keys.printer)), `the printer’s node is ${node(keys.printer)}`)
    const id = registry.find(keys.printer)?.printerId ?? 'nothing'
    must(id.includes('CMD:PT-CBP'), `the printer says of itself: ${id}`)
    const places = serialPlaces(registry.devices()).map(({ place }) => place)
    must(places.join() === keys.console, `the serial places are ${places.join()}`)
    await registry.close()
    return `all three after ${tookMs} ms`
  },
} satisfies BenchCheck
