import type { Printer } from './printer.ts'

/** The same printer, never asked and printed on at once: many take a single connection. */
export function oneAtATime(printer: Printer): Printer {
  let last: Promise<unknown> = Promise.resolve()
  const after = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work, work)
    last = result.catch(() => {})
    return result
  }
  return { ...printer, state: () => after(printer.state), print: (job) => after(() => printer.print(job)) }
}
