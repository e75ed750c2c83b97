import { Icon } from '../kit/icon.tsx'
import { usePlace } from './place.ts'
import { CountMark, useSections } from './sections.tsx'

/** The sections on a phone, at the bottom where thumbs are. */
export function Tabs() {
  const { place, go } = usePlace()
  // Eight would be narrower than a thumb; what is remembered is reached from the conversations.
  const sections = useSections().filter(({ kind }) => kind !== 'facts')
  return (
    <nav className="tabs" aria-label="Sections">
      <button
        type="button"
        className="tab"
        aria-current={place.kind === 'chat' ? 'page' : undefined}
        onClick={() => go({ kind: 'chat' })}
      >
        <Icon name="chat" />
        <span>Chat</span>
      </button>
      {sections.map((section) => (
        <button
          key={section.kind}
          type="button"
          className="tab"
          aria-current={place.kind === section.kind ? 'page' : undefined}
          onClick={() => go({ kind: section.kind })}
        >
          <Icon name={section.icon} />
          <span>{section.short}</span>
          <CountMark count={section.count} />
        </button>
      ))}
    </nav>
  )
}
