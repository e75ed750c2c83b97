import { afterEach, beforeEach, expect } from 'vitest'
import { z } from 'zod'
import type { ChangeRequest } from '../../../../mcp-servers/approval/change-request.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type LabOptions, type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

export const serial = 'UB24X7K9Q2M1'
const switchLabel = seenLabel({
  codes: [{ text: `S${serial}` }],
  lines: ['Ubiquiti', 'Model: USW-Lite-16-PoE', `S/N: ${serial}`],
})

/** A lab in which HW-00001 is recorded, new for each test; a fault that it reported fails the test. */
export function recordedItemOfATest(options: LabOptions = {}) {
  let opened: { lab: NetboxLab; itemId: string; created: ChangeRequest } | null = null
  beforeEach(async () => {
    const lab = await openNetboxLab(options)
    const { id: itemId } = await lab.intake([await lab.photo(switchLabel)])
    const created = await lab.propose(itemId, false)
    await lab.decide(created)
    await lab.ended(created.id)
    opened = { lab, itemId, created }
  })
  afterEach(async () => {
    expect(opened?.lab.faults).toEqual([])
    await opened?.lab[Symbol.asyncDispose]()
  })
  const now = () => {
    if (!opened) throw new Error('only within a test')
    return opened
  }

  async function asked(tool: string, args: Record<string, unknown>): Promise<ChangeRequest> {
    const answer = await now().lab.call(tool, args)
    if (answer.kind === 'refused') throw new Error(answer.why)
    return now().lab.change(z.string().parse(answer.output.change_id))
  }

  async function device(method: 'GET' | 'PATCH', json?: Record<string, unknown>): Promise<unknown> {
    const { lab } = now()
    const [record] = await lab.records()
    const call = { method, path: `dcim/devices/${record?.id}/`, ...(json ? { body: { json } } : {}) }
    const answer = await lab.parts.inventory.rest.call(call)
    if (answer.kind === 'failed') throw new Error(answer.why)
    return answer.body
  }

  return {
    get lab() {
      return now().lab
    },
    get itemId() {
      return now().itemId
    },
    get created() {
      return now().created
    },
    asked,
    propose: (...fields: string[]) => asked('propose_change', { tag: 'HW-00001', fields }),
    async refusal(tool: string, args: Record<string, unknown>): Promise<string> {
      const answer = await now().lab.call(tool, args)
      return answer.kind === 'refused' ? answer.why : 'not refused'
    },
    async done(change: ChangeRequest): Promise<ChangeRequest> {
      expect(await now().lab.decide(change)).toMatchObject({ kind: 'decided' })
      const ended = await now().lab.ended(change.id)
      expect(ended.state).toBe('done')
      return ended
    },
    recordNow: () => device('GET'),
    /** Somebody edits the record past HWLab. */
    stranger: (json: Record<string, unknown>) => device('PATCH', json),
    /** The operation in which a person has to choose. */
    inConflict: () =>
      now()
        .lab.parts.netbox.queue()
        .operations.find(({ conflict }) => conflict.length > 0),
  }
}
