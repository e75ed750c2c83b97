import fc from 'fast-check'
import { expect, test } from 'vitest'
import { confirmAndPrintTables, openConfirmAndPrint } from '../../../support/confirm-and-print.ts'
import { lateMostMs, randomFault } from '../../../support/random-fault.ts'
import { intent, labDatabase, queueWorld } from './queue-world.ts'

const runs = 200
const items = 2

const fault = randomFault(6)

/** Without a quiet start most faults would fall on the look-ups that every item begins with. */
const quietStart = fc.integer({ min: 0, max: 36 })

test(`${runs} runs of random faults leave one device, one photo, one journal entry and one label per item, all confirmed`, async () => {
  const total = { devices: 0, photos: 0, journal: 0, labels: 0, faults: 0, askedAgain: 0 }
  await fc.assert(
    fc.asyncProperty(quietStart, fc.array(fault, { minLength: 5, maxLength: 40 }), async (quiet, faults) => {
      let at = -quiet
      const lab = queueWorld({
        database: labDatabase(':memory:', confirmAndPrintTables),
        next(request) {
          const next = faults[at++] ?? { kind: 'none' }
          if (next.kind === 'integrity-error' && request.method !== 'POST') return { kind: 'none' }
          if (next.kind !== 'none') total.faults += 1
          return next
        },
      })
      const bench = openConfirmAndPrint(lab)
      lab.outbox.start()
      for (let number = 1; number <= items; number += 1) await bench.confirm(intent(number))
      await lab.until(() => {
        for (const row of lab.outbox.view())
          if (row.state === 'needs_human') {
            expect(row.why).toMatch(/^Tried \d+ times/)
            total.askedAgain += 1
            lab.outbox.retry(row.id)
          }
        return lab.states().every((state) => state === 'confirmed') && bench.allDone()
      })
      await lab.pass(lateMostMs + 200_000)
      await lab.outbox.stop()
      expect(lab.bugs).toEqual([])
      const confirmed = lab.settled.filter((one) => one.outcome.kind === 'confirmed')
      expect(new Set(confirmed.map((one) => one.operationKey)).size).toBe(confirmed.length)
      expect([...bench.labels].sort()).toEqual(['HW-00001', 'HW-00002'])
      expect({ early: bench.early, faults: bench.faults }).toEqual({ early: [], faults: [] })
      await bench.close()
      const counts = {
        devices: await lab.count('dcim/devices/'),
        photos: await lab.count('extras/image-attachments/'),
        journal: await lab.count('extras/journal-entries/'),
      }
      expect(counts).toEqual({ devices: items, photos: items, journal: items })
      for (const path of ['manufacturers', 'device-types', 'device-roles', 'sites'])
        expect(await lab.count(`dcim/${path}/`)).toBe(1)
      total.devices += counts.devices
      total.photos += counts.photos
      total.journal += counts.journal
      total.labels += bench.labels.length
    }),
    { numRuns: runs, endOnFailure: true },
  )
  process.stderr.write(
    `${runs} runs, ${runs * items} items, ${total.faults} faults: ${total.devices} devices, ${total.photos} photos, ${total.journal} journal entries, ${total.labels} labels; ${total.askedAgain} retries by hand\n`,
  )
}, 120_000)
