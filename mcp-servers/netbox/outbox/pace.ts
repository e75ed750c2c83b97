const windowMs = 120_000
const fewest = 3

/** How fast operations are confirmed, from the last ones alone. */
export class Pace {
  #atMs: number[] = []

  confirmed(nowMs: number): void {
    this.#atMs = [...this.#recent(nowMs), nowMs].slice(-60)
  }

  /** null while too few were confirmed lately to say anything. */
  restMs(waiting: number, nowMs: number): number | null {
    const recent = this.#recent(nowMs)
    const first = recent[0]
    if (waiting === 0 || first === undefined || recent.length < fewest) return null
    return (waiting * (nowMs - first)) / recent.length
  }

  /** A clock that was set back leaves times of the future: they are no measure. */
  #recent(nowMs: number): number[] {
    return this.#atMs.filter((atMs) => atMs <= nowMs && nowMs - atMs <= windowMs)
  }
}
