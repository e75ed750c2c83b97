/** What a USB device says of itself, as the system has it. Ids are four lower-case hex digits. */
export interface UsbDescriptor {
  vendorId: string
  productId: string
  serial: string | null
  manufacturer: string | null
  product: string | null
  /** Where it is plugged in: bus and ports, "3-1.4". */
  topology: string
  /** The number that the bus gave it; another one means it was plugged in anew. null: the system tells none. */
  address: number | null
  /** Class codes of the device and its interfaces (USB-IF "Defined Class Codes"). */
  classes: number[]
  /** What the system made of it: "/dev/ttyACM0", "/dev/usb/lp0", "/dev/hidraw2". Changes with every replug. */
  nodes: string[]
  /** Those of the nodes that are serial ports. The number is the port’s own, whatever else of the device is there. */
  ports: { node: string; number: number }[]
  /** What a printer says of itself (IEEE 1284 device id: `MFG:…;CMD:…;MDL:…`), where the system has asked it. */
  printerId: string | null
}

export type UsbListing =
  | { kind: 'listed'; devices: UsbDescriptor[] }
  /** A sentence: why not, and what to do. */
  | { kind: 'not-possible'; why: string }

export type EnumerateUsb = () => Promise<UsbListing>
