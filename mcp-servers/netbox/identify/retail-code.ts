/** True for an EAN, UPC or GTIN with a right check digit: the product's number in a shop, never a serial. */
export function isRetailCode(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false
  const digits = [...text].map(Number).reverse()
  const sum = digits.slice(1).reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === digits[0]
}

const retailSymbologies = new Set([
  'EAN-13',
  'EAN-8',
  'UPC-A',
  'UPC-E',
  'EAN13',
  'EAN8',
  'UPCA',
  'UPCE',
  'ISBN',
])

export function isRetailSymbology(symbology: string): boolean {
  return retailSymbologies.has(symbology)
}
