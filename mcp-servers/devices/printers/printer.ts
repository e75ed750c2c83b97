import { z } from 'zod'
import type { Clock } from '../../serving/clock.ts'
import type { LabelMedia } from '../labels/label-media.ts'
import type { LabelFacts } from '../labels/label-svg.ts'
import type { Switchboard } from '../simulated/switchboard.ts'
import type { Transport } from '../transports/byte-channel.ts'
import type { UsbPrinterDevice } from '../transports/usb-printer.ts'
import type { RunProgram } from './run-program.ts'

/** Union of InvenTree's machine states and the `printer-state-reasons` of IPP (RFC 8011, 5.4.12). */
export type PrinterCondition =
  | 'ready'
  | 'printing'
  | 'media-empty'
  | 'media-mismatch'
  | 'media-jam'
  | 'cover-open'
  | 'cutter-error'
  | 'over-temperature'
  | 'battery-low'
  | 'ribbon-empty'
  | 'paused'
  | 'fault'
  | 'offline'
  /** HWLab cannot print on it at all; the words say why. */
  | 'unusable'
  | 'unknown'

export interface PrinterState {
  condition: PrinterCondition
  /** "Ready, 62 mm continuous", "The cover is open". */
  words: string
}

export interface PrintedFile {
  path: string
  mediaType: 'image/png' | 'application/pdf'
}

export type PrintOutcome =
  /** The printer itself said so. */
  | { kind: 'printed'; words: string; file: PrintedFile | null }
  | { kind: 'saved'; file: PrintedFile }
  /** Everything was sent and nothing came back. */
  | { kind: 'sent-unconfirmed'; words: string }
  /** No label came out. */
  | { kind: 'failed'; why: string }
  /** A label may be out: a person has to look. */
  | { kind: 'unknown'; why: string }

export interface LabelJob {
  id: string
  facts: LabelFacts
  /** Called once, right before the first byte that could become a label. */
  sending(): void
}

export interface Printer {
  id: string
  name: string
  simulated: boolean
  /** True when doing a job twice leaves one result (a file): after a crash it is simply done again. */
  repeatable: boolean
  /** What the next label will be laid out for. */
  media(): LabelMedia
  /** Asks the printer. May throw `DeviceError`. */
  state(): Promise<PrinterState>
  /** One label. May throw `DeviceError`; after `sending` that means that a label may be out. */
  print(job: LabelJob): Promise<PrintOutcome>
  /** Only a simulated one has this: what a person turns to see what HWLab makes of it. */
  switchboard: Switchboard | null
  close(): Promise<void>
}

const transportConfigSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tcp'), host: z.string().min(1), port: z.number().int().default(9100) }),
  z.object({ kind: z.literal('device'), path: z.string().min(1) }),
  /** Identity as `list_devices` shows it: `usb:04f9:209d:000M6Z401370`. */
  z.object({ kind: z.literal('usb'), key: z.string().startsWith('usb:') }),
  /** A port of this device that is a serial line: how a NIIMBOT shows itself. */
  z.object({ kind: z.literal('serial'), key: z.string().startsWith('usb:') }),
  z.object({ kind: z.literal('queue'), name: z.string().min(1) }),
])
export type TransportConfig = z.infer<typeof transportConfigSchema>

export const printerConfigSchema = z.object({
  id: z.string().regex(/^[\w.-]{1,64}$/),
  name: z.string().min(1).max(80),
  driver: z.string(),
  transport: transportConfigSchema.nullable(),
  /** Id of a row in `labels/media.ts`, such as `50x30-203`; `loaded` for a Brother QL that says itself which roll it has. */
  media: z.string(),
  /** For drivers of a family: "QL-820NWB". */
  model: z.string().optional(),
})
export type PrinterConfig = z.infer<typeof printerConfigSchema>

/** One file in `drivers/`. `open` throws `DeviceError` when the configuration cannot work. */
export interface PrinterDriver {
  driver: string
  /** Whether its printers, or those of this model, print on this medium. */
  takes(media: LabelMedia, model: string | undefined): boolean
  open(config: PrinterConfig, around: PrinterSurroundings): Promise<Printer>
}

export interface PrinterSurroundings {
  clock: Clock
  /** Where files are written; exists. */
  labelsFolder: string
  runProgram: RunProgram
  /** `/dev/usb/lpN` of a device by its identity, or null when it is not plugged in. */
  printerNode(key: string): Promise<string | null>
  /** The device itself, for where no driver of the system has it, or null when it is not plugged in. */
  usbPrinter(key: string): Promise<UsbPrinterDevice | null>
  /** The serial port of a device by its identity, for one user at a time. */
  serialLine(key: string, baudRate: number): Transport
}
