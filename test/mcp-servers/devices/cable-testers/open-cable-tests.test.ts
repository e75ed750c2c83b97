import { afterEach, describe, expect, test } from 'vitest'
import { openDeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { openCableTests } from '../../../../mcp-servers/devices/cable-testers/open-cable-tests.ts'
import { cableTestMigrations } from '../../../../mcp-servers/devices/cable-testers/tests-table.ts'
import { meterClock } from '../../../../mcp-servers/devices/meters/meter-clock.ts'
import { openSimulatedBench } from '../../../../mcp-servers/devices/simulated/simulated-bench.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { quietBench } from '../../../support/quiet-bench.ts'

const place = 'simulated:tester'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** A real pseudo-terminal with the simulated tester on its far side. */
async function bench() {
  const database = openDatabase(':memory:', [cableTestMigrations])
  const waiting = new Set<() => void>()
  const registry = await openDeviceRegistry({
    enumerate: async () => ({ kind: 'listed', devices: [] }),
    ...quietBench,
  })
  const simulated = await openSimulatedBench(registry, meterClock(quietBench.clock), () => {})
  const cableTests = await openCableTests({
    ...{ registry, database, clock: quietBench.clock, onFault: quietBench.onFault },
    changed() {
      for (const look of waiting) look()
    },
  })
  closing.push(registry.close, simulated.close, cableTests.close)
  expect(await simulated.plug('tester', true)).toEqual({ kind: 'ok' })
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!isSo()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return {
    ...{ cableTests, simulated, registry },
    cable: (position: string) => expect(simulated.turn('tester', 'cable', position)).toEqual({ kind: 'ok' }),
    line: (position: string) => expect(simulated.turn('tester', 'line', position)).toEqual({ kind: 'ok' }),
    results: (count: number) => until(() => cableTests.results().length === count),
    state: (kind: string) => until(() => cableTests.testers().some((one) => one.state.kind === kind)),
    async listen(wiringId = 'rj45-straight') {
      const wish = { place, profileId: 'hwlab-v1', wiringId, shieldExpected: false, operator: 'operator' }
      const listening = await cableTests.listen(wish)
      if (listening.kind === 'refused') throw new Error(listening.why)
      return listening.id
    },
  }
}

describe('a tester on a serial line', () => {
  test('is asked until it says the same twice, and the result is kept with its bytes', async () => {
    const { cableTests, listen, results } = await bench()
    await listen()
    await results(1)
    expect(cableTests.results()).toMatchObject([
      {
        source: 'tester',
        simulated: true,
        profileId: 'hwlab-v1',
        testerName: 'Self-built tester (hwlab-v1) on Simulated cable tester',
        words: 'All 8 conductors — PASS',
        result: 'pass',
        notes: ['Split pairs were not tested.'],
        rawHex: expect.stringMatching(/^a51202/),
        operator: 'operator',
      },
    ])
  })

  test('gives each cable its own result, and leaves the earlier ones as they were', async () => {
    const { cableTests, listen, results, cable } = await bench()
    const id = await listen()
    await results(1)
    cable('pin-4-open')
    await cableTests.again(id)
    await results(2)
    cable('short-3-6')
    await cableTests.again(id)
    await results(3)
    expect(cableTests.results().map(({ words }) => words)).toEqual([
      'Pins 3-6 short — FAIL',
      'Pin 4 open — FAIL',
      'All 8 conductors — PASS',
    ])
  })

  test('records the same cable again when somebody tests again', async () => {
    const { cableTests, listen, results } = await bench()
    const id = await listen()
    await results(1)
    await cableTests.again(id)
    await results(2)
  })

  test('judges by the wiring that was asked for', async () => {
    const { cableTests, listen, results, cable } = await bench()
    cable('crossover')
    await cableTests.stop(await listen())
    const straight = await listen()
    await results(1)
    await cableTests.stop(straight)
    await listen('rj45-crossover')
    await results(2)
    expect(cableTests.results().map(({ words }) => words)).toEqual([
      'All 8 conductors — PASS',
      'Wired as crossover, expected straight-through — FAIL',
    ])
  })

  test('with a loose contact gets no verdict, and says so', async () => {
    const { cableTests, listen, state, cable } = await bench()
    cable('loose')
    await listen()
    await state('unsteady')
    expect(cableTests.results()).toEqual([])
  })

  test.each([
    { position: 'garbage', kind: 'noise', words: 'nothing that this kind of tester says' },
    { position: 'silent', kind: 'silent', words: 'does not answer' },
  ])('whose line is $position gives no result, and says why', async ({ position, kind, words }) => {
    const { cableTests, listen, state, line } = await bench()
    line(position)
    await listen()
    await state(kind)
    expect(cableTests.testers()).toMatchObject([{ state: { words: expect.stringContaining(words) } }])
    expect(cableTests.results()).toEqual([])
  })

  test('that is slow is still understood', async () => {
    const { listen, results, line } = await bench()
    line('slow')
    await listen()
    await results(1)
  })

  test('ends when it is unplugged, and can be started again after it came back', async () => {
    const { cableTests, simulated, listen, results, state } = await bench()
    const id = await listen()
    await results(1)
    await simulated.plug('tester', false)
    await state('ended')
    expect(await cableTests.again(id)).toMatchObject({ kind: 'refused' })
    await simulated.plug('tester', true)
    await listen()
    await results(2)
    expect(cableTests.testers()).toHaveLength(1)
  })

  test('is held by one user: a second one is told who has it', async () => {
    const { cableTests, listen, registry } = await bench()
    const id = await listen()
    const wish = { place, profileId: 'hwlab-v1', wiringId: 'rj45-straight', shieldExpected: false }
    expect(await cableTests.listen({ ...wish, operator: 'another' })).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('cable tests of operator'),
    })
    await cableTests.stop(id)
    expect(registry.usedFor(place)).toBe(null)
  })

  test('cannot test a plug that it does not have', async () => {
    const { cableTests } = await bench()
    const wish = {
      place,
      profileId: 'hwlab-v1',
      wiringId: 'hdmi',
      shieldExpected: false,
      operator: 'operator',
    }
    expect(await cableTests.listen(wish)).toMatchObject({ kind: 'refused' })
  })
})

describe('a result that a person enters', () => {
  const asSeen = (far: string) =>
    Object.fromEntries([...far].map((pin, index) => [`${index + 1}`, pin === '0' ? [] : [pin]]))
  const wish = { wiringId: 'rj45-straight', shieldExpected: false, photoIds: [], operator: 'operator' }

  test('is judged like a measured one, marked as entered, and says what lamps cannot show', async () => {
    const { cableTests } = await bench()
    cableTests.enter({ ...wish, entry: asSeen('12305678') })
    expect(cableTests.results()).toMatchObject([
      {
        source: 'guided',
        words: 'Pin 4 open — FAIL',
        notes: ['Split pairs were not tested.'],
        rawHex: '',
      },
    ])
  })

  test('with two lamps lit together names the short', async () => {
    const { cableTests } = await bench()
    cableTests.enter({ ...wish, entry: { ...asSeen('12345678'), '3': ['3', '6'], '6': ['3', '6'] } })
    expect(cableTests.results()[0]?.words).toBe('Pins 3-6 short — FAIL')
  })

  test('with contacts of a USB-C cable that are joined by design is no short', async () => {
    const { cableTests } = await bench()
    const wiring = cableTests.wiring('usb-c')
    cableTests.enter({ ...wish, wiringId: 'usb-c', entry: wiring?.lines ?? {} })
    expect(cableTests.results()[0]?.result).toBe('pass')
  })

  test('about a contact that the plug does not have is refused', async () => {
    const { cableTests } = await bench()
    expect(cableTests.enter({ ...wish, entry: { '11': ['1'] } })).toMatchObject({ kind: 'refused' })
    expect(cableTests.enter({ ...wish, entry: {} })).toMatchObject({ kind: 'refused' })
  })
})

describe('a result made from photos of lamps', () => {
  const straight = Object.fromEntries([...'12345678'].map((pin) => [pin, [pin]]))
  const wish = { wiringId: 'rj45-straight', shieldExpected: false, operator: 'operator' }
  const said = (near: string[], far: string[], isSure = true) => ({
    ...{ kind: 'said' as const, modelName: 'eyes (Test)', promptHash: 'ab12', said: { near, far, isSure } },
  })

  async function photoBench() {
    const { cableTests } = await bench()
    const wiring = cableTests.wiring('rj45-straight')
    if (!wiring) throw new Error('No straight cable')
    return {
      cableTests,
      photo(attachmentId: string, outcome: Parameters<typeof cableTests.lampPhotos.end>[1]): string {
        const begun = cableTests.lampPhotos.begin({ attachmentId, wiring })
        if (begun.kind === 'refused') throw new Error(begun.why)
        cableTests.lampPhotos.end(begun.photoId, outcome)
        return begun.photoId
      },
    }
  }

  test('is what the person entered, with each photo and what the model said of it', async () => {
    const { cableTests, photo } = await photoBench()
    const photoIds = [photo('photo-3', said(['3'], ['3'])), photo('photo-4', said(['4'], [], false))]
    expect(cableTests.results()).toEqual([])
    const entered = cableTests.enter({ ...wish, entry: straight, photoIds })
    expect(cableTests.results()).toMatchObject([
      {
        ...{ source: 'photo', words: 'All 8 conductors — PASS', rawHex: '' },
        testerName: '2 photos read by eyes (Test), checked by operator',
      },
    ])
    const read = { modelName: 'eyes (Test)', promptHash: 'ab12' }
    const id = entered.kind === 'entered' ? entered.id : ''
    expect(cableTests.photosOf(id)).toEqual([
      { ...read, attachmentId: 'photo-3', isSure: true, step: { near: '3', lit: ['3'] } },
      { ...read, attachmentId: 'photo-4', isSure: false, step: { near: '4', lit: [] } },
    ])
    expect(cableTests.lampPhotos.list()).toEqual([])
    cableTests.remove(id)
    expect(cableTests.photosOf(id)).toEqual([])
  })

  test('does not name a model whose photo said nothing, or was of a wire that was not tested', async () => {
    const { cableTests, photo } = await photoBench()
    const photoIds = [photo('photo-1', said(['1', '2'], ['1', '2'])), photo('photo-8', said(['8'], ['8']))]
    cableTests.enter({ ...wish, entry: { '1': ['1'] }, photoIds })
    expect(cableTests.results()).toMatchObject([{ source: 'guided', testerName: 'Entered by hand' }])
  })

  test('is not made by photos alone, and not while one of them is gone', async () => {
    const { cableTests, photo } = await photoBench()
    const photoId = photo('photo-3', said(['3'], ['3']))
    const none = cableTests.enter({ ...wish, entry: {}, photoIds: [photoId] })
    expect(none).toMatchObject({ kind: 'refused', why: 'Nothing was entered yet.' })
    const lost = cableTests.enter({ ...wish, entry: straight, photoIds: [photoId, 'forgotten'] })
    expect(lost).toMatchObject({ kind: 'refused', why: expect.stringContaining('not there any more') })
    const other = cableTests.enter({
      ...wish,
      wiringId: 'rj45-two-pair',
      entry: straight,
      photoIds: [photoId],
    })
    expect(other).toMatchObject({ kind: 'refused' })
    expect([cableTests.results(), cableTests.lampPhotos.list()]).toMatchObject([[], [{ id: photoId }]])
  })

  test('takes no more photos than a cable has wires', async () => {
    const { cableTests, photo } = await photoBench()
    const wiring = cableTests.wiring('rj45-straight')
    for (let at = 0; at < 40; at += 1) photo(`photo-${at}`, { kind: 'unread', why: 'dark' })
    expect(wiring && cableTests.lampPhotos.begin({ attachmentId: 'one-more', wiring })).toMatchObject({
      kind: 'refused',
    })
  })
})
