import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Thread } from '../../ui/chat/thread.tsx'
import { emptyLab, type LabState } from '../../ui/lab-state.ts'
import { LabContext } from '../../ui/use-lab.ts'

const never = () => Promise.reject(new Error('Nobody asks while a page is drawn'))

function drawn(lab: Partial<LabState>): string {
  const connection = {
    state: () => ({ ...emptyLab, ...lab }),
    subscribe: () => () => {},
    ...{ request: never, openConversation: never, newConversation: never, send: never, resend: never },
    ...{ drop() {}, onMeterFrame: () => () => {}, onTerminal: () => () => {} },
  }
  return renderToStaticMarkup(
    <LabContext value={connection}>
      <Thread />
    </LabContext>,
  )
}

test('a new conversation says how to begin, whatever was refused in another', () => {
  const conversation = { id: 'new', title: '', messages: [] }
  const refused = { requestId: 'r1', text: '/fnid', photos: [], refused: 'There is no command /fnid.' }
  const begin = 'Photograph it, check it, confirm it.'
  expect(drawn({ conversation, outgoing: [{ ...refused, conversationId: 'old' }] })).toContain(begin)
  expect(drawn({ conversation, outgoing: [{ ...refused, conversationId: 'new' }] })).not.toContain(begin)
})
