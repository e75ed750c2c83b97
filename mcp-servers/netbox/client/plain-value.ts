/** NetBox up to 4.6 reads a selection as the raw value, 4.7 as `{value, label}`; native choices are objects in both. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue)
  return typeof value === 'object' && value !== null && 'value' in value && 'label' in value
    ? value.value
    : value
}
