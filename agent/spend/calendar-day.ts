/** The day that a person's wall shows: caps begin anew at midnight there. */
export interface Calendar {
  timeZone: string
  /** YYYY-MM-DD */
  day(atMs: number): string
  /** First and last day of the month of this day; the last one may not exist, it only bounds. */
  month(day: string): { first: string; last: string }
}

export function calendarOf(timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone): Calendar {
  // Sweden writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', {
    ...{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' },
  })
  return {
    timeZone,
    day: (atMs) => format.format(atMs),
    month(day) {
      const month = day.slice(0, 'YYYY-MM'.length)
      return { first: `${month}-01`, last: `${month}-31` }
    },
  }
}
