import { describe, expect, test } from 'vitest'
import { printPlan } from '../../../../mcp-servers/devices/print-queue/print-plan.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { type DevicesLab, labelFacts, openDevicesLab } from '../../../support/open-devices.ts'

function file(lab: DevicesLab, tag = 'HW-00001', printerId = 'png') {
  return lab.approvals.file(
    printPlan({ tag, printerId, printerName: printerId, title: `Print ${tag}`, warnings: [] }),
    { server: 'devices', tool: 'print_label', requester: 'operator:operator' },
  )
}

function decide(lab: DevicesLab, change: { id: string; digest: string }) {
  const { id: changeId, digest } = change
  return lab.approvals.decide({
    changeId,
    digest,
    decision: 'approve',
    leaveOut: [],
    operator: 'operator',
    channel: 'chat-card',
  })
}

async function print(lab: DevicesLab, tag = 'HW-00001', printerId = 'png') {
  const change = file(lab, tag, printerId)
  await decide(lab, change)
  await lab.devices.idle()
  return change.id
}

function onlyJob(lab: DevicesLab) {
  const [job, ...others] = lab.devices.printJobs()
  if (!job || others.length > 0) throw new Error(`${others.length + (job ? 1 : 0)} jobs`)
  return job
}

describe('the print queue', () => {
  test('prints nothing that nobody approved', async () => {
    await using lab = await openDevicesLab()
    file(lab)
    await lab.devices.idle()
    expect(lab.devices.printJobs()).toEqual([])
  })

  test('makes one job of one step, however often it is begun', async () => {
    await using lab = await openDevicesLab()
    await print(lab)
    await lab.approvals.resume()
    await lab.devices.idle()
    expect(onlyJob(lab)).toMatchObject({ stateWords: 'Saved as a file' })
  })

  test('saves a file for the PNG printer and never calls it printed', async () => {
    await using lab = await openDevicesLab()
    const changeId = await print(lab)
    const job = onlyJob(lab)
    expect(job).toMatchObject({ stateWords: 'Saved as a file', fileUrl: `/labels/jobs/${job.id}` })
    expect(lab.devices.printedFile(job.id)).toEqual({
      path: expect.stringMatching(/labels\/HW-00001-.*\.png$/),
      mediaType: 'image/png',
    })
    expect(lab.approvals.get(changeId)?.steps).toMatchObject([
      { state: 'done', outcome: 'The label was saved as a file.' },
    ])
  })

  test('finds a label again where the installation was moved to', async () => {
    await using lab = await openDevicesLab()
    await print(lab)
    const job = onlyJob(lab)
    const before = lab.devices.printedFile(job.id)
    lab.database
      .prepare('update print_jobs set file_path = replace(file_path, ?, ?)')
      .run(lab.stateDir, '/where/it/was/before')
    expect(lab.devices.printedFile(job.id)).toEqual(before)
  })

  test('waits with a job until the record is confirmed, and says what it waits for', async () => {
    const clock = new FakeClock()
    await using lab = await openDevicesLab({ clock })
    lab.records.set('HW-00002', { kind: 'waiting', why: 'NetBox is away.' })
    await print(lab, 'HW-00002')
    expect(onlyJob(lab)).toMatchObject({ stateWords: 'Waiting: NetBox is away.', tone: 'working' })
    lab.records.set('HW-00002', { kind: 'confirmed', facts: labelFacts('HW-00002') })
    clock.advance(3000)
    await lab.devices.idle()
    expect(onlyJob(lab)).toMatchObject({ stateWords: 'Saved as a file' })
  })

  test('does not print by itself what waited for more than a day', async () => {
    const clock = new FakeClock()
    await using lab = await openDevicesLab({ clock })
    lab.records.set('HW-00002', { kind: 'waiting', why: 'NetBox is away.' })
    await print(lab, 'HW-00002')
    lab.records.set('HW-00002', { kind: 'confirmed', facts: labelFacts('HW-00002') })
    await lab.devices.close()
    clock.advance(25 * 60 * 60 * 1000)
    await lab.reopen()
    await lab.devices.idle()
    expect(onlyJob(lab)).toMatchObject({
      stateWords: expect.stringMatching(/^Failed: It waited for more than a day/),
      fileUrl: null,
      actions: ['reprint', 'void'],
    })
  })

  test('lets a waiting label not hold up the next one', async () => {
    await using lab = await openDevicesLab({ clock: new FakeClock() })
    lab.records.set('HW-00002', { kind: 'waiting', why: 'NetBox is away.' })
    await print(lab, 'HW-00002')
    await print(lab, 'HW-00001')
    expect(lab.devices.printJobs().map((job) => [job.tag, job.stateWords])).toEqual([
      ['HW-00001', 'Saved as a file'],
      ['HW-00002', 'Waiting: NetBox is away.'],
    ])
  })

  test('drops a step as stale when its tag is in no inventory', async () => {
    await using lab = await openDevicesLab()
    const changeId = await print(lab, 'HW-00077')
    expect(lab.approvals.get(changeId)).toMatchObject({ state: 'stale' })
    expect(lab.devices.printJobs()).toEqual([])
  })

  test('drops a step as stale when its printer is gone or its payload is not one', async () => {
    await using lab = await openDevicesLab()
    expect(lab.approvals.get(await print(lab, 'HW-00001', 'nowhere'))).toMatchObject({ state: 'stale' })
    const plan = printPlan({ tag: '', printerId: 'png', printerName: 'png', title: 'x', warnings: [] })
    const odd = lab.approvals.file(plan, { server: 'devices', tool: 'print_label', requester: 'client:x' })
    await decide(lab, odd)
    expect(lab.approvals.get(odd.id)).toMatchObject({ state: 'stale' })
  })

  test('goes on after a restart with what was waiting', async () => {
    await using lab = await openDevicesLab({ clock: new FakeClock() })
    lab.records.set('HW-00002', { kind: 'waiting', why: 'NetBox is away.' })
    await print(lab, 'HW-00002')
    lab.records.set('HW-00002', { kind: 'confirmed', facts: labelFacts('HW-00002') })
    await lab.reopen()
    await lab.devices.idle()
    expect(onlyJob(lab)).toMatchObject({ stateWords: 'Saved as a file' })
  })
})

describe('a person at a print job', () => {
  /** A job whose label may or may not be out, as a crash leaves it. */
  async function openDoubtfulJob() {
    const lab = await openDevicesLab({ clock: new FakeClock() })
    lab.records.set('HW-00001', { kind: 'waiting', why: 'Not yet.' })
    const changeId = await print(lab, 'HW-00001', 'simulated')
    lab.database.prepare("update print_jobs set state = 'sending'").run()
    await lab.reopen()
    await lab.devices.idle()
    return { lab, changeId, jobId: onlyJob(lab).id }
  }

  test('is asked whether the label came out', async () => {
    const { lab, changeId } = await openDoubtfulJob()
    await using _closing = lab
    expect(onlyJob(lab)).toMatchObject({
      stateWords: 'Did the label come out? HWLab stopped while the label was being sent.',
      tone: 'ask',
      actions: ['label-came-out', 'no-label'],
    })
    expect(lab.approvals.get(changeId)).toMatchObject({ state: 'unknown' })
  })

  test('says that it came out: the job and the request are done, by that word', async () => {
    const { lab, changeId, jobId } = await openDoubtfulJob()
    await using _closing = lab
    expect(lab.devices.act(jobId, 'label-came-out', 'operator')).toEqual({ kind: 'ok' })
    expect(onlyJob(lab)).toMatchObject({ stateWords: 'Printed, says operator', tone: 'good' })
    expect(lab.approvals.get(changeId)).toMatchObject({ state: 'done' })
    expect(lab.approvals.audit.list(jobId)).toMatchObject([
      { who: 'operator:operator', what: 'print job printed' },
    ])
  })

  test('says that none came out, and may ask for it again', async () => {
    const { lab, changeId, jobId } = await openDoubtfulJob()
    await using _closing = lab
    expect(lab.devices.act(jobId, 'no-label', 'operator')).toEqual({ kind: 'ok' })
    expect(onlyJob(lab)).toMatchObject({
      stateWords: 'Failed: No label came out, says operator.',
      actions: ['reprint', 'void'],
    })
    expect(lab.approvals.get(changeId)).toMatchObject({ state: 'failed' })
  })

  test('asks for a reprint: that is a new request to decide, nothing is printed by it', async () => {
    await using lab = await openDevicesLab()
    await print(lab)
    expect(lab.devices.act(onlyJob(lab).id, 'reprint', 'operator')).toEqual({ kind: 'ok' })
    await lab.devices.idle()
    expect(lab.devices.printJobs()).toHaveLength(1)
    const [again] = lab.approvals.open()
    expect(again).toMatchObject({
      tier: 'physical',
      state: 'proposed',
      requester: 'operator:operator',
      title: 'Print label HW-00001 again',
      warnings: ['A label HW-00001 may already be out. Destroy the other one.'],
    })
    if (again) await decide(lab, again)
    await lab.devices.idle()
    expect(lab.devices.printJobs()).toHaveLength(2)
  })

  test('withdraws a job that still waits: it is never printed', async () => {
    const clock = new FakeClock()
    await using lab = await openDevicesLab({ clock })
    lab.records.set('HW-00002', { kind: 'waiting', why: 'NetBox is away.' })
    const changeId = await print(lab, 'HW-00002')
    expect(lab.devices.act(onlyJob(lab).id, 'void', 'operator')).toEqual({ kind: 'ok' })
    lab.records.set('HW-00002', { kind: 'confirmed', facts: labelFacts('HW-00002') })
    clock.advance(60_000)
    await lab.devices.idle()
    expect(onlyJob(lab)).toMatchObject({ stateWords: 'Void', fileUrl: null })
    expect(lab.approvals.get(changeId)).toMatchObject({ state: 'failed' })
  })

  test('cannot do what the state does not allow, and is told why', async () => {
    await using lab = await openDevicesLab()
    await print(lab)
    expect(lab.devices.act(onlyJob(lab).id, 'label-came-out', 'operator')).toEqual({
      kind: 'refused',
      why: 'That cannot be done now; the job says “Saved as a file”.',
    })
    expect(lab.devices.act('nothing', 'void', 'operator')).toMatchObject({ kind: 'refused' })
    expect(lab.devices.simulated.turn('printer:png', 'cover', 'open')).toMatchObject({ kind: 'refused' })
  })
})

describe('the bench panel', () => {
  test('hears of every change, and shows which printers are simulated', async () => {
    await using lab = await openDevicesLab()
    let heard = 0
    const end = lab.devices.onChange(() => {
      heard += 1
    })
    lab.devices.simulated.turn('printer:simulated', 'cover', 'open')
    await print(lab)
    expect(heard).toBeGreaterThanOrEqual(3)
    const views = lab.devices.printers()
    expect(views.map((view) => [view.id, view.simulated])).toEqual([
      ['simulated', true],
      ['png', false],
      ['pdf', false],
    ])
    end()
  })

  test('draws the label as the chosen printer would print it', async () => {
    await using lab = await openDevicesLab()
    const facts = labelFacts('HW-00001')
    expect(lab.devices.labelSvg(facts, 'png')).toContain('width="732"')
    expect(lab.devices.labelSvg(facts)).toContain('width="696"')
  })
})
