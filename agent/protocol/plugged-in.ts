import { z } from 'zod'

/** Devices that are plugged in, whatever they are. */
export const pluggedInRequests = {
  /** Starts an item from what the device says of itself; one with its serial number is added to. */
  'device-intake': z.object({ key: z.string().min(1).max(200) }),
}

export interface PluggedInResponses {
  'device-intake': { itemIds: string[] }
}
