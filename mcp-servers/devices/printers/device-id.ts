/** What a printer says of itself: IEEE 1284, "Device ID": `MFG:…;CMD:…;MDL:…;`, with long and short keys. */
export interface DeviceId {
  maker: string
  model: string
  /** As it writes them: "ZPL", "TSPL2", "ESC/POS", "PT-CBP". */
  languages: string[]
}

export function parseDeviceId(text: string): DeviceId {
  const fields = new Map<string, string>()
  for (const field of text.split(';')) {
    const colon = field.indexOf(':')
    if (colon > 0) fields.set(field.slice(0, colon).trim().toUpperCase(), plain(field.slice(colon + 1)))
  }
  const first = (...keys: string[]) => keys.map((key) => fields.get(key)).find(Boolean) ?? ''
  return {
    maker: first('MFG', 'MANUFACTURER'),
    model: first('MDL', 'MODEL'),
    languages: first('CMD', 'COMMAND SET')
      .split(',')
      .map((language) => language.trim())
      .filter(Boolean),
  }
}

/** A stranger's text: one short line. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 120)
}
