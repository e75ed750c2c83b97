/** Records of HWLab's own inventory are shown right here; only those of NetBox have a page of their own. */
export function isElsewhere(url: string): boolean {
  return URL.parse(url, location.href)?.origin !== location.origin
}
