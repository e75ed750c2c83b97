import { z } from 'zod'
import { type Failure, failed } from '../../client/failure.ts'
import type { Row } from '../../client/rest.ts'
import { models } from '../../embedded/models.ts'
import { type CarriedRecord, carriedRecordSchema, mainObject } from '../../move/carried-record.ts'
import { carryObject, type Ids, isRecord, readCarried } from '../../move/carry.ts'
import { ownPhotoId } from '../../move/own-photos.ts'
import { addChildren, type ChildKind, checkChildren, type Parent } from '../children.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

type Carry = Operation<CarriedRecord>

/** One record of HWLab's own inventory, with all that it needs and all that hangs on it, into NetBox. */
const carryRecord: OperationKind<CarriedRecord> = {
  kind: 'carry_record',
  schema: carriedRecordSchema,
  subjects: ({ name, after }) => [name, ...after],
  title: ({ title }) => title,
  attempt: carryAll,
  sweep: removeLateTwins,
}

export default carryRecord

/** What is there is left as it is, so repeating it adds only what is missing. */
async function carryAll(bench: Workbench, operation: Carry): Promise<Attempt> {
  const { intent, id } = operation
  const ids: Ids = new Map()
  let added = 0
  for (const object of intent.objects) {
    const carried = await carryObject(bench, object, { ids, operationId: id })
    if (carried.kind !== 'have') return carried
    ids.set(object.own, carried.id)
    if (object.how === 'record') bench.noteRecord(id, carried.id)
    if (carried.isNew) added += 1
  }
  const primary = await setPrimaryMacs(bench, intent, ids)
  if (primary.kind === 'failed') return primary
  const main = mainObject(intent)
  const recordId = main ? ids.get(main.own) : undefined
  if (!main || !isRecord(main) || recordId === undefined)
    return { kind: 'confirmed', record: null, words: addedWords(added), undo: null }
  const parent = { objectType: models[main.endpoint].objectType, id: recordId }
  for (const kind of childrenOf(bench, intent)) {
    const hung = await addChildren(bench.rest, kind, { parent, look: true, signal: bench.signal })
    if (hung.kind === 'failed') return hung
  }
  const lost = await checkHung(bench, intent, { parent, ids })
  if (lost.kind === 'failed') return lost
  const read = await readCarried(bench.rest, main, recordId, bench.signal)
  if (read.kind === 'failed') return read
  if (lost.words.length > 0)
    return {
      kind: 'needs-human',
      why: `${intent.name} is in NetBox, but not all of it: ${lost.words.join(', ')}. Look in NetBox, then retry.`,
    }
  return { kind: 'confirmed', record: read.record, words: addedWords(added), undo: null }
}

function addedWords(added: number): string {
  return added === 0 ? 'It was in NetBox already.' : 'It is in NetBox and read back.'
}

async function setPrimaryMacs(
  { rest, signal }: Workbench,
  { primaryMacs }: CarriedRecord,
  ids: Ids,
): Promise<{ kind: 'set' } | Failure> {
  for (const { interface: own, mac } of primaryMacs) {
    const id = ids.get(own)
    const address = ids.get(mac)
    if (id === undefined || address === undefined) continue
    const path = `dcim/interfaces/${id}/`
    const there = await rest.call({ method: 'GET', path, signal })
    if (there.kind === 'failed') return there
    // A person may have chosen another one in NetBox.
    if (primarySchema.safeParse(there.body).data?.primary_mac_address) continue
    const json = { primary_mac_address: address }
    const patched = await rest.call({ method: 'PATCH', path, body: { json }, signal })
    if (patched.kind === 'failed') return patched
  }
  return { kind: 'set' }
}

const primarySchema = z.looseObject({ primary_mac_address: z.unknown() })

/** Photos and journal entries; each carries a mark of HWLab's, or is told by its whole text. */
function childrenOf(bench: Pick<Workbench, 'photoBytes'>, intent: CarriedRecord): ChildKind[] {
  return [
    {
      endpoint: 'extras/image-attachments',
      children: intent.photos.map(({ own, name }) => ({
        words: 'a photo',
        isIt: (row) => row.name === name,
        create: async (parent) => ({ form: await photoForm(bench, parent, { own, name }) }),
      })),
    },
    {
      endpoint: 'extras/journal-entries',
      children: intent.journal.map(({ kind, comments }) => ({
        words: 'a journal entry',
        isIt: (row) => typeof row.comments === 'string' && plain(row.comments) === plain(comments),
        create: async (parent) => ({
          json: { assigned_object_type: parent.objectType, assigned_object_id: parent.id, kind, comments },
        }),
      })),
    },
  ]
}

async function photoForm(
  { photoBytes }: Pick<Workbench, 'photoBytes'>,
  parent: Parent,
  photo: { own: number; name: string },
): Promise<FormData> {
  const form = new FormData()
  form.set('object_type', parent.objectType)
  form.set('object_id', String(parent.id))
  form.set('name', photo.name)
  const bytes = new Uint8Array(await photoBytes(ownPhotoId(photo.own)))
  form.set('image', new File([bytes], `${photo.name.slice(0, 24)}.jpg`, { type: 'image/jpeg' }))
  return form
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}

async function checkHung(
  bench: Workbench,
  intent: CarriedRecord,
  at: { parent: Parent; ids: Ids },
): Promise<{ kind: 'checked'; words: string[] } | Failure> {
  const words: string[] = []
  for (const kind of childrenOf(bench, intent)) {
    const checked = await checkChildren(bench.rest, kind, { parent: at.parent, signal: bench.signal })
    if (checked.kind === 'failed') return checked
    if (checked.kind === 'missing') words.push(checked.words)
  }
  const macs = await removeTwinMacs(bench, intent, at.ids)
  return macs.kind === 'failed' ? macs : { kind: 'checked', words }
}

/** NetBox takes one address twice; the same mark of HWLab's on both proves that they are one. */
async function removeTwinMacs(
  { rest, signal }: Workbench,
  { objects }: CarriedRecord,
  ids: Ids,
): Promise<{ kind: 'right' } | Failure> {
  for (const { own, endpoint, fields } of objects) {
    const mark = fields.description
    const mac = fields.mac_address
    const id = ids.get(own)
    if (endpoint !== 'dcim/mac-addresses' || typeof mac !== 'string' || id === undefined) continue
    if (typeof mark !== 'string' || !mark.startsWith('HWLab op:')) continue
    const listed = await rest.list('dcim/mac-addresses', { mac_address: mac }, { limit: 50, signal })
    if (listed.kind === 'failed') return listed
    const [, ...twins] = listed.rows.filter((row) => row.description === mark).sort(byId)
    for (const twin of twins.filter((row) => row.id !== id)) {
      const removed = await rest.call({ method: 'DELETE', path: `dcim/mac-addresses/${twin.id}/`, signal })
      if (removed.kind === 'failed' && removed.cause !== 'gone')
        return removed.cause === 'denied'
          ? failed(
              'denied',
              `NetBox holds the MAC address ${mac} twice and does not let HWLab remove the extra one. Delete one there, then retry.`,
            )
          : removed
    }
  }
  return { kind: 'right' }
}

function byId(one: Row, other: Row): number {
  return one.id - other.id
}

/** What a given-up request may have left later: photos, entries and addresses that are there twice. */
async function removeLateTwins(
  bench: Workbench,
  { intent, recordId }: Carry,
): Promise<{ kind: 'right' } | Failure> {
  const main = mainObject(intent)
  if (!main || !isRecord(main) || recordId === null) return { kind: 'right' }
  const parent = { objectType: models[main.endpoint].objectType, id: recordId }
  for (const kind of childrenOf(bench, intent)) {
    const checked = await checkChildren(bench.rest, kind, { parent, signal: bench.signal })
    if (checked.kind === 'failed') return checked
  }
  return { kind: 'right' }
}
