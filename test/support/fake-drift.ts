import type { DriftView, FindingView } from '../../agent/protocol/drift.ts'

export function fakeDrift(facts: Partial<DriftView> = {}): DriftView {
  const findings = facts.findings ?? []
  const isClear = findings.length === 0
  return {
    target: 'NetBox at https://netbox.lan',
    words: isClear
      ? 'NetBox says what HWLab last saw of all 12 records.'
      : `${findings.length} things differ.`,
    tone: isClear ? 'good' : 'ask',
    lookedAt: '2026-11-20T10:00:00.000Z',
    isLooking: false,
    weekly: false,
    findings,
    more: 0,
    ...facts,
  }
}

export const fakeFindings: FindingView[] = [
  {
    id: 'record:3',
    kind: 'gone',
    kindWords: 'Gone from NetBox',
    tag: 'HW-00009',
    title: 'Netgear GS108',
    url: '/a/HW-00009',
    words: 'HW-00009 was in NetBox as device 41 and is not there any more.',
    fields: [],
    change: { by: 'operator', at: '2026-11-19T17:20:00.000Z', message: 'Sold at the flea market' },
    actions: ['record-again', 'forget'],
  },
  {
    id: 'record:1',
    kind: 'says-less',
    kindWords: 'NetBox no longer says it',
    tag: 'HW-00002',
    title: 'Ubiquiti USW Lite 16 PoE',
    url: '/a/HW-00002',
    words: 'NetBox no longer says everything that HWLab recorded: serial number.',
    fields: [{ label: 'Serial number', hwlab: 'UB24X7K9Q2M1', netbox: null }],
    change: null,
    actions: ['take', 'restore'],
  },
  {
    id: 'record:2',
    kind: 'changed',
    kindWords: 'Changed in NetBox',
    tag: 'HW-00001',
    title: 'Dell PowerEdge R640',
    url: '/a/HW-00001',
    words: 'NetBox says otherwise than HWLab last saw: name, location.',
    fields: [
      { label: 'Name', hwlab: null, netbox: 'attic-server' },
      { label: 'Location', hwlab: 'Workshop', netbox: 'Attic' },
    ],
    change: { by: 'jan', at: '2026-11-20T08:05:00.000Z', message: '' },
    actions: ['take', 'restore'],
  },
]
