import type { ReportTransport } from '../transports/hid.ts'
import type { SerialSettings, SerialTransport } from '../transports/serial.ts'
import type { IdentifiedDevice } from './identity.ts'

/** A program that stands in for a device, on the far side of a real line where the machine has one. */
export interface SimulatedDevice {
  /** Its key begins with “simulated:”; it has no nodes. */
  descriptor: IdentifiedDevice
  /** "Simulated switch console". */
  name: string
  /** "Serial console". */
  kind: string
  line:
    | { kind: 'serial'; at(settings: SerialSettings): SerialTransport }
    | { kind: 'hid'; transport: ReportTransport }
}

/** What the bus would say of it. `id` is short: "meter". */
export function simulatedDescriptor(id: string, product: string): IdentifiedDevice {
  return {
    vendorId: '0000',
    productId: '0000',
    serial: null,
    manufacturer: 'HWLab',
    product,
    topology: id,
    address: null,
    classes: [],
    nodes: [],
    ports: [],
    printerId: null,
    key: `simulated:${id}`,
    boundToSocket: false,
  }
}
