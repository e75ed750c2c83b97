/** What a read came to: `silent` when nothing arrived in time, `closed` when the other end is gone. */
export type ReadOutcome = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'silent' } | { kind: 'closed' }

/** An open line to a device. Every method may throw `DeviceError`. A read always ends: on data, close or time. */
export interface ByteChannel {
  /** True when the line is known to carry answers; false when that only shows by asking. */
  answersForSure: boolean
  /** Resolves when the bytes are handed over; that is no proof that the device got them. */
  write(bytes: Uint8Array): Promise<void>
  read(withinMs: number): Promise<ReadOutcome>
  close(): Promise<void>
}

/** A way to a device; the path or address is resolved at every opening, never kept. */
export interface Transport {
  /** "192.168.1.30, port 9100". */
  words: string
  /** Throws `DeviceError` when the device cannot be reached. */
  open(): Promise<ByteChannel>
}
