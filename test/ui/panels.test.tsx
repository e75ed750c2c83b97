import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { type Place, PlaceContext } from '../../ui/house/place.ts'
import { SidePanel } from '../../ui/house/side-panel.tsx'
import { UnknownTag } from '../../ui/house/unknown-tag.tsx'
import { emptyLab, type LabState } from '../../ui/lab-state.ts'
import { LabContext } from '../../ui/use-lab.ts'
import { fakeQueue } from '../support/fake-queue.ts'

const never = () => Promise.reject(new Error('Nobody asks while a page is drawn'))

/** A panel as it is drawn at first. */
function drawn(place: Place, lab: Partial<LabState>): string {
  const connection = {
    state: () => ({ ...emptyLab, ...lab }),
    subscribe: () => () => {},
    ...{ request: never, openConversation: never, newConversation: never, send: never, resend: never },
    ...{ drop() {}, onMeterFrame: () => () => {}, onTerminal: () => () => {} },
  }
  return renderToStaticMarkup(
    <LabContext value={connection}>
      <PlaceContext value={{ place, go() {}, claim: 'HW-00009', dropClaim() {} }}>
        {place.kind === 'chat' ? <UnknownTag /> : <SidePanel />}
      </PlaceContext>
    </LabContext>,
  )
}

test('an item is not called gone before the items are known', () => {
  const place: Place = { kind: 'item', itemId: 'item-1' }
  expect(drawn(place, { items: null })).toContain('Looking for it…')
  expect(drawn(place, { items: [] })).toContain('This item is not open any more.')
})

test.each<{ label: string; place: Place }>([
  { label: 'known', place: { kind: 'tag', tag: 'HW-00001' } },
  { label: 'unknown', place: { kind: 'chat' } },
])('nothing is sent from a scanned label ($label) before a conversation is open to hold it', ({ place }) => {
  const conversation = { id: 'c1', title: '', messages: [] }
  expect(drawn(place, { items: [] })).toContain('disabled=""')
  expect(drawn(place, { items: [], conversation })).not.toContain('disabled=""')
})

test('trouble with NetBox is said once', () => {
  const why = 'Nothing answers at NetBox’s address. Is NetBox running?'
  const standing = {
    ...fakeQueue().standing,
    connectionTone: 'bad' as const,
    connectionWords: 'NetBox is away',
  }
  const away = { ...fakeQueue(), tone: 'bad' as const, words: 'NetBox is away; 3 waiting' }
  const first = drawn({ kind: 'queue' }, { queue: { ...away, standing: { ...standing, why } } })
  expect([first.split('NetBox is away').length - 1, first.split(why).length - 1]).toEqual([1, 1])
  const refused = { ...away, words: `${why} 3 waiting`, standing: { ...standing, why } }
  expect(drawn({ kind: 'queue' }, { queue: refused }).split(why).length - 1).toBe(1)
})
