/** "1 prefix", "3 prefixes". */
export function countText(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
