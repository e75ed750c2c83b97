import { type Refusal, refused } from '../../serving/tool.ts'
import { farContacts, nearContacts } from './guided-entry.ts'
import { shieldContact, type Wiring } from './wiremap.ts'

/** What a vision model says it sees on a tester: the lamps that are lit, as printed. null: that end is not in the photo. */
export interface LampsSaid {
  near: readonly string[] | null
  far: readonly string[] | null
  isSure: boolean
}

/** One step of a tester: the near contact that was driven, and the far contacts that lit. */
export interface LampStep {
  near: string
  lit: readonly string[]
}

/** Words for the shield beside its lamp. */
const shieldLabels = new Set(['G', 'GND', 'SHIELD', 'SHELL'])

/**
 * The one step that a photo shows. Anything that may mean two things is no step: two near lamps do not say whose wire
 * lights which lamp, and no lamp at all may be an open wire or the pause between two steps.
 */
export function lampStep({ near, far }: LampsSaid, wiring: Wiring): LampStep | Refusal {
  if (near === null || far === null) return refused('Only one end of the tester is in this photo.')
  const driven = named(near, nearContacts(wiring), wiring)
  const lit = named(far, farContacts(wiring), wiring)
  if (driven === null || lit === null)
    return refused('The model named a lamp that this cable does not have, so nothing was taken from it.')
  const [only] = driven
  if (driven.length > 1)
    return refused('Several lamps of the near end are lit, so it does not show where each wire arrives.')
  if (only !== undefined) return { near: only, lit }
  return refused(
    lit.length > 0
      ? 'No lamp of the near end is lit, so it does not show which wire this is.'
      : 'No lamp is lit. That may be an open wire, or the pause between two.',
  )
}

/** Contacts for labels, each once; null when one of them is not known. */
function named(labels: readonly string[], contacts: readonly string[], wiring: Wiring): string[] | null {
  // Signals are written with a minus sign (D−), keyboards and models write a hyphen.
  const found = labels.map((label) => contactOf(label.toUpperCase().replace('-', '−'), contacts, wiring))
  const known = found.filter((contact) => contact !== null)
  return known.length === found.length ? [...new Set(known)] : null
}

/** By the contact itself, or by a signal that only one contact has. */
function contactOf(label: string, contacts: readonly string[], { signals }: Wiring): string | null {
  if (contacts.includes(label)) return label
  const carrying = contacts.filter((contact) => signals[contact]?.toUpperCase() === label)
  if (carrying.length > 0) return carrying.length === 1 ? (carrying[0] ?? null) : null
  return shieldLabels.has(label) ? shieldContact : null
}
