import type { ConsoleScript } from './simulated-console.ts'
import type { SimulatedSwitch } from './simulated-kind.ts'
import { simulatedSwitch } from './simulated-switch.ts'

export const consolePlaces: SimulatedSwitch = {
  id: 'place',
  name: 'Stands at',
  positions: [
    { id: 'prompt', name: 'Its prompt' },
    { id: 'login', name: 'A login (admin, simulated)' },
    { id: 'provisioning', name: 'Auto-provisioning' },
    { id: 'setup', name: 'Its setup dialog' },
    { id: 'boot-loader', name: 'Its boot loader' },
  ],
}

const scripts: Record<string, Partial<ConsoleScript>> = {
  login: { login: { user: 'admin', password: 'simulated' } },
  provisioning: {
    stuckAt:
      'Abort Power On Auto Provisioning [yes - continue with normal setup, skip - bypass password and basic configuration, no - continue with Power On Auto Provisioning] (yes/skip/no)[no]: ',
  },
  setup: { stuckAt: 'Would you like to enter the initial configuration dialog? [yes/no]: ' },
  'boot-loader': { stuckAt: 'switch: ' },
}

/** What the simulated switch says where it stands. */
export function scriptAt(position: string): ConsoleScript {
  return { ...simulatedSwitch, ...scripts[position] }
}
