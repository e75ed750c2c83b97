import { Button } from '../kit/button.tsx'
import { Icon } from '../kit/icon.tsx'
import { Refusal } from '../kit/notice.tsx'
import { useLab } from '../use-lab.ts'
import { ConversationList } from './conversation-list.tsx'
import { usePlace } from './place.ts'
import { CountMark, useSections } from './sections.tsx'
import { ThemeButton } from './theme-button.tsx'
import { useOpening } from './use-opening.ts'

/** The side of a wide screen: where to look, with counts, and the conversations. */
export function Rail() {
  const { begin, refusal } = useOpening()
  const { place, go } = usePlace()
  const sections = useSections()
  const session = useLab((lab) => lab.session)
  return (
    <nav className="rail" aria-label="HWLab">
      <p className="rail-name">
        <img src="/mark.svg" alt="" width="26" height="26" />
        HWLab
      </p>
      <Button icon="add" className="rail-new" onClick={() => void begin()}>
        New conversation
      </Button>
      <Refusal why={refusal} />
      <ul className="rail-sections">
        {sections.map((section) => (
          <li key={section.kind}>
            <button
              type="button"
              className="rail-line rail-section"
              aria-pressed={place.kind === section.kind}
              onClick={() => go(place.kind === section.kind ? { kind: 'chat' } : { kind: section.kind })}
            >
              <Icon name={section.icon} />
              <span>{section.name}</span>
              <CountMark count={section.count} />
            </button>
          </li>
        ))}
      </ul>
      <section className="rail-conversations" aria-label="Conversations">
        <h2>Conversations</h2>
        <ConversationList />
      </section>
      <footer className="rail-foot">
        <span className="rail-who">
          {session?.operator ?? ''}
          <span className="rail-version">{session ? ` · ${session.version}` : ''}</span>
        </span>
        <ThemeButton />
      </footer>
    </nav>
  )
}
