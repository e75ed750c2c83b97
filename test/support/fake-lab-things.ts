import type { BenchView } from '../../agent/protocol/bench.ts'
import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ConnectionView } from '../../agent/protocol/connections.ts'
import type { EvidenceView, FieldView, ItemView } from '../../agent/protocol/items.ts'

/** Things as the server would send them, for looking at the ui and for its tests. */

export const startedAt = '2026-11-20T14:00:00.000Z'
export const fakePhoto = { attachmentId: 'photo-1', widthPixels: 1200, heightPixels: 800, name: 'label.jpg' }

const boxes = {
  manufacturer: { left: 90, top: 80, width: 300, height: 90 },
  model: { left: 90, top: 210, width: 640, height: 70 },
  part_number: { left: 90, top: 320, width: 420, height: 56 },
  serial: { left: 90, top: 430, width: 620, height: 130 },
  mac_address: { left: 90, top: 640, width: 560, height: 56 },
}

function evidence(
  field: keyof typeof boxes,
  kind: EvidenceView['kind'],
  facts: { words: string; value: string; quote?: string },
): EvidenceView {
  const { words, value, quote = value } = facts
  const crop = { attachmentId: fakePhoto.attachmentId, box: boxes[field] }
  return { id: `${field}-${kind}-${value}`, kind, words, value, quote, crop }
}

export function fakeField(field: string, label: string, facts: Partial<FieldView>): FieldView {
  return {
    field,
    label,
    value: null,
    probability: 0,
    standing: 'not visible',
    conflict: false,
    alternatives: [],
    choices: [],
    evidence: [],
    ...facts,
  }
}

const decoded = { probability: 0.98, standing: 'decoded' }

export function fakeFields(): FieldView[] {
  return [
    fakeField('manufacturer', 'Manufacturer', {
      value: 'Dell',
      probability: 0.95,
      standing: 'read and in the catalogue',
      evidence: [evidence('manufacturer', 'read', { words: 'Read by OCR', value: 'Dell', quote: 'DELL' })],
    }),
    fakeField('model', 'Model', {
      value: 'PowerEdge R640',
      probability: 0.9,
      standing: 'read and in the catalogue',
      alternatives: ['PowerEdge R64O'],
      evidence: [evidence('model', 'read', { words: 'Read by OCR', value: 'PowerEdge R640' })],
    }),
    fakeField('part_number', 'Part number', {
      ...decoded,
      value: '0W23H8',
      evidence: [
        evidence('part_number', 'decoded', {
          words: 'Decoded from Code 128, marked 1P',
          value: '0W23H8',
          quote: '1P0W23H8',
        }),
      ],
    }),
    fakeField('serial', 'Serial', {
      ...decoded,
      value: '7XK9QZ2',
      evidence: [
        evidence('serial', 'decoded', {
          words: 'Decoded from Code 128',
          value: '7XK9QZ2',
          quote: 'S7XK9QZ2',
        }),
        evidence('serial', 'read', { words: 'Read by OCR beside “Service Tag”', value: '7XK9QZ2' }),
      ],
    }),
    fakeField('mac_address', 'MAC address', {
      value: '54:BF:64:12:9A:0E',
      probability: 0.5,
      standing: 'read',
      conflict: true,
      alternatives: ['54:BF:64:12:9A:DE'],
      evidence: [
        evidence('mac_address', 'read', {
          words: 'Read by OCR; the vendor fits',
          value: '54:BF:64:12:9A:0E',
        }),
      ],
    }),
    fakeField('role', 'Role', {
      value: 'Server',
      probability: 0.9,
      standing: 'from the catalogue',
      choices: ['Server', 'Switch', 'Firewall', 'Storage'],
      evidence: [
        {
          id: 'role-catalogue',
          kind: 'catalogue',
          words: 'The catalogue says so of this model',
          value: 'Server',
          quote: '',
          crop: null,
        },
      ],
    }),
    fakeField('name', 'Name', {}),
    fakeField('location', 'Location', { choices: ['Rack 1', 'Rack 2', 'Shelf'] }),
  ]
}

export function fakeItem(facts: Partial<ItemView> = {}): ItemView {
  return {
    id: 'item-1',
    tag: null,
    title: 'Dell PowerEdge R640',
    sample: true,
    state: 'indexed',
    stateWords: 'Ready to confirm',
    tone: 'ask',
    nextAction: 'Choose the right MAC address, then confirm.',
    conversationId: 'conversation-1',
    photos: [fakePhoto],
    stages: [
      { name: 'Codes', words: '2 codes', status: 'done' },
      { name: 'Text', words: '9 lines', status: 'done' },
      { name: 'Catalogue', words: '1 device type fits', status: 'done' },
      { name: 'Model', words: 'no vision model is connected', status: 'skipped' },
    ],
    fields: fakeFields(),
    duplicates: [],
    change: null,
    edit: null,
    record: null,
    labelPreviewUrl: '/labels/items/item-1.svg',
    printerId: 'simulated',
    createdAt: startedAt,
    updatedAt: startedAt,
    ...facts,
  }
}

export function fakeChange(facts: Partial<ChangeView> = {}): ChangeView {
  return {
    id: 'change-1',
    digest: 'd'.repeat(64),
    itemId: 'item-1',
    tier: 'write',
    title: 'Create Dell PowerEdge R640',
    requester: 'operator',
    lines: [
      { label: 'Asset tag', before: null, after: 'HW-00001' },
      { label: 'Device type', before: null, after: 'Dell PowerEdge R640' },
      { label: 'Serial', before: null, after: '7XK9QZ2' },
      { label: 'Role', before: null, after: 'Server' },
      { label: 'Site', before: null, after: 'Home' },
      { label: 'Status', before: null, after: 'Inventory' },
    ],
    warnings: ['The manufacturer Dell does not exist yet; it will be created with the record.'],
    steps: [
      {
        position: 0,
        kind: 'netbox.create_item',
        title: 'Create the record with its photo',
        optional: false,
        state: 'waiting',
        outcome: null,
        waitsFor: null,
      },
      {
        position: 1,
        kind: 'devices.print_label',
        title: 'Print the label HW-00001',
        optional: true,
        state: 'waiting',
        outcome: null,
        waitsFor: 0,
      },
    ],
    state: 'proposed',
    stateWords: 'Waiting for your decision',
    tone: 'ask',
    approveWords: 'Confirm and print',
    createdAt: startedAt,
    expiresAt: new Date(Date.now() + 14 * 60_000).toISOString(),
    decidedBy: null,
    ...facts,
  }
}

export function fakeBench(): BenchView {
  return {
    devices: [
      {
        key: '1-2',
        name: 'Logitech USB Receiver',
        kind: 'USB',
        ids: '046d:c52b · no serial · bus 1 port 2',
        simulated: false,
        stateWords: 'Ready',
        tone: 'good',
        note: null,
      },
    ],
    devicesNote: null,
    ...{ meters: [], recordings: [], consolePlaces: [], consoleSessions: [] },
    testers: [],
    cableTests: [],
    lampPhotos: [],
    simulated: [
      {
        ...{ id: 'meter', name: 'Simulated FNB58 meter', kind: 'USB power meter' },
        ...{ plugged: false, movable: false, switches: [] },
      },
    ],
    printers: [
      {
        id: 'simulated',
        name: 'Bench printer',
        simulated: true,
        media: '62 mm continuous',
        mediaId: '62',
        mediaChoices: [],
        usable: true,
        stateWords: 'Ready',
        tone: 'good',
      },
      {
        id: 'png',
        name: 'PNG file',
        simulated: false,
        media: '62 × 29 mm',
        mediaId: 'page-62x29',
        mediaChoices: [
          { id: 'page-62x29', words: '62 × 29 mm' },
          { id: 'page-50x25', words: '50 × 25 mm' },
        ],
        usable: true,
        stateWords: 'Ready',
        tone: 'good',
      },
    ],
    printJobs: [],
    sheets: [
      {
        id: 'a4-63.5x38.1',
        words: '63.5 × 38.1 mm, 21 on A4',
        products: 'L7160, J8160',
        columns: 3,
        rows: 7,
        pageShape: 210 / 297,
      },
      {
        id: 'letter-101.6x50.8',
        words: '4 × 2 in (101.6 × 50.8 mm), 10 on US Letter',
        products: '5163',
        columns: 2,
        rows: 5,
        pageShape: 215.9 / 279.4,
      },
    ],
  }
}

export function fakeConnections(): ConnectionView[] {
  return [
    {
      name: 'Inventory',
      stateWords: 'Built in',
      tone: 'good',
      fix: 'To use your NetBox, set NETBOX_URL and NETBOX_TOKEN in `.env`, then start HWLab again.',
    },
    {
      name: 'Models',
      stateWords: 'None: commands only',
      tone: 'muted',
      fix: 'Start Ollama or LM Studio on this machine and HWLab can talk and look at pictures.',
    },
    {
      name: 'Web search',
      stateWords: 'Not connected',
      tone: 'muted',
      fix: 'Set SEARXNG_URL to the address of your SearXNG.',
    },
    { name: 'Codes and text', stateWords: 'Ready', tone: 'good', fix: null },
    { name: 'Printers', stateWords: '2 ready, 1 simulated', tone: 'good', fix: null },
  ]
}
