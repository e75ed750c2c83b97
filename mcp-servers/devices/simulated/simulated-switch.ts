import type { ConsoleScript } from './simulated-console.ts'

/** A switch that does not exist, in the form in which Cisco IOS answers; its serial numbers say SIM. */
export const simulatedSwitch: ConsoleScript = {
  banner: '',
  stuckAt: null,
  prompt: 'sim-switch#',
  login: null,
  refusal: "      ^\n% Invalid input detected at '^' marker.\n",
  pageLines: 23,
  answers: {
    'show version': `Cisco IOS Software, C2960X Software (C2960X-UNIVERSALK9-M), Version 15.2(7)E4, RELEASE SOFTWARE (fc2)

sim-switch uptime is 2 weeks, 3 days, 4 hours, 5 minutes
System returned to ROM by power-on

cisco WS-C2960X-24TS-L (APM86XXX) processor (revision B0) with 524288K bytes of memory.
Processor board ID SIM0000S001
24 Gigabit Ethernet interfaces`,
    'show inventory': `NAME: "1", DESCR: "WS-C2960X-24TS-L (simulated)"
PID: WS-C2960X-24TS-L  , VID: V05  , SN: SIM0000S001

NAME: "GigabitEthernet1/0/25", DESCR: "1000BaseSX SFP (simulated)"
PID: GLC-SX-MMD          , VID: V01  , SN: SIM0000S002`,
  },
}
