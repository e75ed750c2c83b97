/** Printers that people own and HWLab cannot reach, with the way out. Source: bitbank2/Thermal_Printer issue 79. */
export const unprintable: readonly { name: string; matches: RegExp; why: string }[] = [
  {
    name: 'PRT Qutie',
    matches: /qutie/i,
    why: 'The PRT Qutie shows no printable USB interface: its USB-C socket only charges, and it prints over Bluetooth with the HerePrint app. Print to “png” and send that file from the app, set up a print queue of the system for it with a Bluetooth helper, or use another printer.',
  },
]

export function unprintableAs(name: string): string | null {
  return unprintable.find(({ matches }) => matches.test(name))?.why ?? null
}
