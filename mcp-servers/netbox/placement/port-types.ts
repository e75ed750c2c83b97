/**
 * NetBox’s interface types (dcim/choices.py, InterfaceTypeChoices) by what plugs into what: twisted pair of any speed
 * negotiates, and a faster cage of a family takes the slower transceiver.
 */
const families: readonly (readonly string[])[] = [
  ['100base-tx', '1000base-t', '2.5gbase-t', '5gbase-t', '10gbase-t'],
  ['1000base-x-sfp', '10gbase-x-sfpp', '25gbase-x-sfp28'],
  ['40gbase-x-qsfpp', '100gbase-x-qsfp28'],
]

/** Whether a cable from one of these interfaces may go into a free port of the type. */
export function hasPort(own: readonly string[], port: string): boolean {
  return own.some(
    (type) => type === port || families.some((family) => family.includes(type) && family.includes(port)),
  )
}

/** Interfaces that take no cable: a link to a switch port is none of theirs. */
export function takesCable(type: string): boolean {
  return !/^(virtual|bridge|lag|ieee802\.11.*|ieee802\.15.*|other|gsm|cdma|lte|4g|5g)$/.test(type)
}

/**
 * Watts that a port must be able to feed, by class: IEEE 802.3af-2003, 802.3at-2009 and 802.3bt-2018, at the port.
 * Passive types say nothing about watts.
 */
export const poeWatts: Record<string, number> = {
  'type1-ieee802.3af': 15.4,
  'type2-ieee802.3at': 30,
  'type3-ieee802.3bt': 60,
  'type4-ieee802.3bt': 90,
}
