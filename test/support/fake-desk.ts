import type { OperatorDesk } from '../../agent/operator-desk.ts'
import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ItemView } from '../../agent/protocol/items.ts'
import type { Approvals } from '../../mcp-servers/approval/approvals.ts'
import { changeCard } from '../../mcp-servers/approval/change-view.ts'
import { fakeDrift } from './fake-drift.ts'
import { fakeFrame } from './fake-meter.ts'
import { fakeQueue } from './fake-queue.ts'

const ended = new Set<ChangeView['state']>([
  'done',
  'failed',
  'unknown',
  'declined',
  'cancelled',
  'expired',
  'superseded',
  'stale',
])

export interface FakeDesk {
  desk: OperatorDesk
  /** Every desk call with the person's name, in order. */
  calls: { name: string; body: unknown; operator: string }[]
  stored: { bytes: Uint8Array; fileName: string }[]
  /** Keys of the meters that somebody looks at now. */
  looks: string[]
  /** Places of the terminals that are open now; another one opens when `line` is up. */
  terminals: string[]
  line: { up: Promise<void> }
  changed(section: 'items' | 'changes' | 'queue' | 'bench'): void
}

/** A desk over real approvals; everything else only remembers that it was asked. */
export function fakeDesk(approvals: Approvals): FakeDesk {
  const calls: FakeDesk['calls'] = []
  const stored: FakeDesk['stored'] = []
  const looks: string[] = []
  const terminals: string[] = []
  const line = { up: Promise.resolve() }
  const listeners = new Set<(section: 'items' | 'changes' | 'queue' | 'bench') => void>()
  const remember =
    <Value>(name: string, value: Value) =>
    async (body: unknown, operator: string) => {
      calls.push({ name, body, operator })
      return { kind: 'ok' as const, value }
    }
  const desk: OperatorDesk = {
    'field-correct': remember('field-correct', { itemId: 'item-1' }),
    'photo-add': remember('photo-add', { itemId: 'item-1' }),
    'item-propose': async () => ({ kind: 'refused', why: 'The item needs a model first.' }),
    'items-propose': remember('items-propose', { changeId: 'change-1', words: '2 done.', left: [] }),
    'item-discard': async () => {
      throw new Error('the disk is full of secret-detail')
    },
    'printer-choose': remember('printer-choose', { itemId: 'item-1' }),
    'operation-act': remember('operation-act', { operationId: 'op-1' }),
    'print-job-act': remember('print-job-act', { jobId: 'job-1' }),
    'printer-media': remember('printer-media', { printerId: 'png' }),
    async decide(body, operator, channel) {
      calls.push({ name: 'decide', body, operator })
      const decided = await approvals.decide({ ...body, operator, channel })
      if (decided.kind === 'refused') return decided
      return { kind: 'ok', value: { changeId: decided.change.id, state: decided.change.state } }
    },
    items: () => itemOf(approvals),
    openChanges: () => approvals.open().map(changeCard),
    reports: () => approvals.reports().map(changeCard),
    change(changeId) {
      const change = approvals.get(changeId)
      return change ? changeCard(change) : null
    },
    excuseFor: () => null,
    queue: fakeQueue,
    exportedQueue: () => '{}\n',
    'queue-retry-all': remember('queue-retry-all', { words: '2 are tried again.' }),
    'queue-check': remember('queue-check', { words: 'Everything is saved.' }),
    'queue-history': remember('queue-history', { operations: [], hasEarlier: false }),
    'record-change': remember('record-change', { changeId: 'change-1' }),
    'undo-propose': remember('undo-propose', { changeId: 'change-1' }),
    'conflict-choose': remember('conflict-choose', { operationId: 'operation-1' }),
    'drift-look': remember('drift-look', { words: 'NetBox says the same.' }),
    'drift-act': remember('drift-act', { words: 'Taken.', changeId: null }),
    'drift-take-all': remember('drift-take-all', { words: '1 done.', left: [] }),
    'drift-weekly': remember('drift-weekly', { weekly: true }),
    'set-back-count': remember('set-back-count', { words: '2 items: 2 in the inventory.', count: 2 }),
    'set-back-propose': remember('set-back-propose', { changeId: 'change-1' }),
    'set-up-check': remember('set-up-check', {
      target: 'NetBox',
      words: 'Everything that HWLab needs is there.',
      isReady: true,
      findings: [],
      missing: 0,
      offeredRoles: [],
    }),
    'set-up-propose': remember('set-up-propose', { changeId: 'change-1' }),
    drift: () => fakeDrift(),
    others: () => ({
      path: '',
      fileWords: 'Not there',
      fileTone: 'muted',
      fileFix: null,
      servers: [],
      doubtful: [],
    }),
    'others-policy': remember('others-policy', { server: 'proxmox' }),
    'others-try-again': remember('others-try-again', { server: 'proxmox' }),
    'others-settle': remember('others-settle', { callId: 'call-1' }),
    driftReport: (format) => `report as ${format}`,
    bench: async () => ({
      ...{ devices: [], devicesNote: null, printers: [], printJobs: [], sheets: [] },
      ...{ meters: [], recordings: [], simulated: [], consolePlaces: [], consoleSessions: [] },
      ...{ testers: [], cableTests: [], lampPhotos: [] },
    }),
    'cable-kinds': remember('cable-kinds', { profiles: [], wirings: [] }),
    'cable-listen': remember('cable-listen', { testerId: 'tester-1' }),
    'cable-again': remember('cable-again', { testerId: 'tester-1' }),
    'cable-stop': remember('cable-stop', { testerId: 'tester-1' }),
    'cable-enter': remember('cable-enter', { testId: 'test-1' }),
    'cable-photos-drop': remember('cable-photos-drop', {}),
    'cable-test-open': remember('cable-test-open', { drawing: null, rawHex: '', photos: [] }),
    'cable-test-attach': remember('cable-test-attach', { testId: 'test-1' }),
    'cable-test-delete': remember('cable-test-delete', { testId: 'test-1' }),
    'cable-test-cables': remember('cable-test-cables', { cables: [] }),
    'cable-test-cable': remember('cable-test-cable', { testId: 'test-1' }),
    'cable-test-note': remember('cable-test-note', { changeId: 'change-1' }),
    'console-look': remember('console-look', { sessionId: 'session-1' }),
    'console-transcript': remember('console-transcript', { transcript: '' }),
    'console-attach': remember('console-attach', { sessionId: 'session-1' }),
    'console-intake': remember('console-intake', { itemIds: ['item-1'] }),
    'device-intake': remember('device-intake', { itemIds: ['item-1'] }),
    'console-delete': remember('console-delete', { sessionId: 'session-1' }),
    lampPhotos: {
      begin: () => ({ kind: 'refused', why: 'HWLab does not know this cable. Reload the page.' }),
      isWanted: () => false,
      end: () => {},
    },
    terminals: {
      async open({ place }) {
        if (place === 'gone') return { kind: 'refused', why: 'No such serial port is plugged in.' }
        await line.up
        terminals.push(place)
        return { kind: 'open', id: place }
      },
      type: async () => ({ kind: 'ok' }),
      setBaudRate: async () => ({ kind: 'ok' }),
      sendBreak: async () => ({ kind: 'ok' }),
      close: async (id) => void terminals.splice(terminals.indexOf(id), 1),
    },
    watchMeter(key, onFrame) {
      if (key === 'gone') return { kind: 'refused', why: 'No such meter is plugged in.' }
      looks.push(key)
      onFrame(fakeFrame([]))
      return { kind: 'watching', history: [], stop: () => void looks.splice(looks.indexOf(key), 1) }
    },
    recordingCsv: (id) => (id === 'recording-1' ? ['time_utc,seconds\r\n', '2026-01-05,0\r\n'] : null),
    recordingReports: (id) => (id === 'recording-1' ? ['# Raw\n', '0.000 - f aa04\n'] : null),
    'meter-record': remember('meter-record', { recordingId: 'recording-1' }),
    'meter-record-stop': remember('meter-record-stop', { recordingId: 'recording-1' }),
    'recording-open': remember('recording-open', { stretches: [] }),
    'recording-attach': remember('recording-attach', { recordingId: 'recording-1' }),
    'recording-delete': remember('recording-delete', { recordingId: 'recording-1' }),
    'simulated-plug': remember('simulated-plug', { id: 'meter' }),
    'simulated-move': remember('simulated-move', { id: 'meter' }),
    'simulated-turn': remember('simulated-turn', { id: 'meter' }),
    connections: async () => [
      { name: 'NetBox', stateWords: 'Not connected', tone: 'muted', fix: 'Set NETBOX_URL and NETBOX_TOKEN.' },
    ],
    async storePhoto(bytes, fileName) {
      if (bytes[0] !== 0xff) return { kind: 'refused', why: 'This is not a photo that HWLab can read.' }
      stored.push({ bytes, fileName })
      return { kind: 'stored', attachmentId: `photo-${stored.length}`, widthPixels: 10, heightPixels: 10 }
    },
    storeSamplePhoto: async () => ({ attachmentId: 'sample-1', name: 'sample label' }),
    maskedPhoto: async () => ({ bytes: new Uint8Array([0xff, 0xd8, 0]), mediaType: 'image/jpeg' }),
    async photo(attachmentId, crop) {
      if (attachmentId === 'nothing') return null
      return { bytes: new Uint8Array([0xff, 0xd8, crop ? 1 : 0]), mediaType: 'image/jpeg' }
    },
    labelSvg: async (itemId) => (itemId === 'item-1' ? '<svg xmlns="http://www.w3.org/2000/svg"/>' : null),
    printedFile: () => null,
    async labelSheet(wish) {
      calls.push({ name: 'labelSheet', body: wish, operator: '' })
      if (wish.tags.includes('HW-00002'))
        return { kind: 'refused', why: 'HW-00002 is not recorded yet. Confirm the record first.' }
      return { kind: 'ok', value: new TextEncoder().encode('%PDF-1.3') }
    },
    async resolveTag(tag) {
      if (!/^HW-\d{5}$/.test(tag)) return { kind: 'not-a-tag' }
      if (tag === 'HW-00001')
        return { kind: 'record', url: 'http://netbox.example/dcim/devices/1/', title: 'Switch' }
      return tag === 'HW-00002' ? { kind: 'item', itemId: 'item-2' } : { kind: 'unknown' }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onChangeEnded: (listener) =>
      approvals.onChange((change) => {
        const view = changeCard(change)
        if (ended.has(view.state)) listener(view)
      }),
  }
  return {
    desk,
    calls,
    stored,
    ...{ looks, terminals, line },
    changed(section) {
      for (const listener of listeners) listener(section)
    },
  }
}

/** The one item of the test's tools, as soon as something was proposed for it. */
function itemOf(approvals: Approvals): ItemView[] {
  const change = approvals.latestForItem('item-1')
  if (!change) return []
  return [
    {
      id: 'item-1',
      tag: 'HW-00001',
      title: 'Cisco SG350 switch',
      sample: false,
      state: 'researched',
      stateWords: 'Ready to confirm',
      tone: 'ask',
      nextAction: 'Confirm it.',
      conversationId: null,
      photos: [],
      stages: [],
      fields: [],
      duplicates: [],
      change: changeCard(change),
      edit: null,
      record: null,
      labelPreviewUrl: null,
      printerId: null,
      createdAt: new Date(0).toISOString(),
      updatedAt: new Date(0).toISOString(),
    },
  ]
}
