import { parseMac } from './mac-address.ts'
import { isRetailCode } from './retail-code.ts'

/** Could be a serial number by its looks: one word of 5 to 30 letters and digits with at least two digits, and nothing else known. */
export function isSerialShaped(text: string): boolean {
  return (
    /^[A-Z0-9][A-Z0-9./-]{3,28}[A-Z0-9]$/i.test(text) &&
    (text.match(/\d/g) ?? []).length >= 2 &&
    !isRetailCode(text) &&
    !(parseMac(text) && /[:.-]|[a-f]/i.test(text)) &&
    !/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/.test(text) &&
    !/^HW-\d{5,}$/.test(text) &&
    !isWorldWideName(text)
  )
}

/** The address of a drive on its bus: NAA type 5 and an IEEE company number, which begin with 50 (T10 SPC, designators). */
function isWorldWideName(text: string): boolean {
  return /^50[0-9A-F]{14}$/i.test(text)
}

/** What may stand behind "S/N": fewer digits than a text that has to look like a serial by itself. */
export function isCaptionedSerial(text: string): boolean {
  return (
    isSerialShaped(text) ||
    (/^[A-Z0-9]{5,30}$/i.test(text) && /\d/.test(text) && /[A-Z]/i.test(text) && !parseMac(text)) ||
    /^(?:\d{8,14}|[A-Z]{7,20})$/.test(text)
  )
}

export function isPartShaped(text: string): boolean {
  return /^[A-Z0-9][A-Z0-9.+#/_-]{2,38}[A-Z0-9+]$/i.test(text) && /\d/.test(text) && !isRetailCode(text)
}

/** HWLab's own tag. */
export function isTag(text: string): boolean {
  return /^HW-\d{5,}$/.test(text)
}
