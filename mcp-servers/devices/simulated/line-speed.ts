import type { SerialChannel, SerialSettings, SerialTransport } from '../transports/serial.ts'
import type { SimulatedSwitch } from './simulated-kind.ts'

export const speedSwitch: SimulatedSwitch = {
  id: 'speed',
  name: 'Speed',
  positions: [
    { id: '9600', name: '9600 baud' },
    { id: '115200', name: '115200 baud' },
    { id: '31250', name: '31250 baud, an unusual one' },
  ],
}

/** A pseudo-terminal carries everything at any speed; this makes noise of it while the two sides differ. */
export function openLineSpeed() {
  let deviceRate = 9600
  let hostRate = 9600
  return {
    carried: (bytes: Uint8Array): Uint8Array =>
      deviceRate === hostRate ? bytes : bytes.map((byte) => ((byte * 37) % 128) + 128),
    turn(position: string): void {
      deviceRate = Number(position)
    },
    /** The same line, its speed known here. */
    over(settings: SerialSettings, transport: SerialTransport): SerialTransport {
      return {
        words: transport.words,
        async open(): Promise<SerialChannel> {
          const channel = await transport.open()
          hostRate = settings.baudRate
          return {
            ...channel,
            async setBaudRate(baudRate) {
              await channel.setBaudRate(baudRate)
              hostRate = baudRate
            },
          }
        },
      }
    },
  }
}
