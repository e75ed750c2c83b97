import { Badge } from '../kit/badge.tsx'
import { IconButton } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import type { LabState } from '../lab-state.ts'
import { useLab } from '../use-lab.ts'
import { usePlace } from './place.ts'
import { ThemeButton } from './theme-button.tsx'
import { useOpening } from './use-opening.ts'

/** The list knows the title first: a conversation is named after its first message. */
function openTitle({ conversation, conversations }: LabState): string {
  const listed = conversations?.find((one) => one.id === conversation?.id)
  return listed?.title ?? conversation?.title ?? ''
}

export function TopBar() {
  const { begin, refusal } = useOpening()
  const { go } = usePlace()
  const title = useLab(openTitle)
  const readOnly = useLab((lab) => lab.session?.readOnly ?? false)
  return (
    <>
      <header className="top-bar">
        <IconButton
          icon="list"
          label="Conversations"
          className="narrow-only"
          onClick={() => go({ kind: 'conversations' })}
        />
        <h2 className="top-title">{title === '' ? 'New conversation' : title}</h2>
        {readOnly && <Badge>Read-only</Badge>}
        <IconButton
          icon="add"
          label="New conversation"
          className="narrow-only"
          onClick={() => void begin()}
        />
        <span className="narrow-only">
          <ThemeButton />
        </span>
      </header>
      <div className="link-banner">
        <Refusal why={refusal} />
      </div>
    </>
  )
}
