import { expect, test } from 'vitest'
import type { ModelEntry } from '../../../agent/models/model-entry.ts'
import type { OperatorDesk } from '../../../agent/operator-desk.ts'
import { photoFor } from '../../../agent/reading/photo-for.ts'
import { fakeField, fakeItem } from '../../support/fake-lab-things.ts'

const picture = (name: string) => ({ bytes: new TextEncoder().encode(name), mediaType: 'image/jpeg' })

function shown(where: ModelEntry['where'], smallestTextPixels: number | null, attachmentId = 'photo-1') {
  const crops: Parameters<OperatorDesk['photo']>[1][] = []
  const desk = {
    items: () => [itemWithBoxes],
    photo: async (_: string, crop: (typeof crops)[number]) => {
      crops.push(crop)
      return picture('photo')
    },
    maskedPhoto: async () => picture('masked'),
  }
  const capabilities = {
    ...{ tools: 'no' as const, schema: true, windowTokens: 8192, countsTokens: false, logprobs: false },
    ...{ tokensPerSecond: null, smallestTextPixels },
  }
  const got = photoFor({ itemId: itemWithBoxes.id, attachmentId }, { where, capabilities }, desk)
  return got.then((photo) => ({ name: new TextDecoder().decode(photo?.bytes), crops }))
}

const crop = (left: number, top: number, width: number, height: number, attachmentId = 'photo-1') => ({
  ...{ id: `${left}`, kind: 'read' as const, words: 'Read by OCR', value: 'X', quote: '' },
  crop: { attachmentId, box: { left, top, width, height } },
})
const itemWithBoxes = fakeItem({
  fields: [
    fakeField('serial', 'Serial number', { evidence: [crop(400, 300, 200, 20)] }),
    fakeField('model', 'Model', { evidence: [crop(450, 360, 100, 40), crop(0, 0, 9, 9, 'photo-2')] }),
  ],
})

test('a model that reads small print sees the whole photo', async () => {
  expect(await shown('local', 14)).toEqual({ name: 'photo', crops: [null] })
})

test('a model that reads only larger print sees the label, with room around what was read', async () => {
  expect(await shown('local', 28)).toEqual({
    name: 'photo',
    crops: [{ left: 340, top: 240, width: 320, height: 220 }],
  })
})

test('a label at the edge of the photo is not asked for from outside of it', async () => {
  expect((await shown('local', 56, 'photo-2')).crops).toEqual([
    { left: 0, top: 0, width: expect.closeTo(11.7), height: expect.closeTo(11.7) },
  ])
})

test('where nothing was read there is nothing to cut out', async () => {
  expect((await shown('local', 28, 'photo-9')).crops).toEqual([null])
})

test('in the cloud only the masked photo is shown', async () => {
  expect(await shown('cloud', 28)).toEqual({ name: 'masked', crops: [] })
})
