import { Button } from '../../kit/button.tsx'
import { Notice } from '../../kit/notice.tsx'

interface PasteQuestionFacts {
  text: string
  onPaste(): void
  onLeave(): void
}

/** Several lines at once are several commands: each would be carried out before the next is seen. */
export function PasteQuestion({ text, onPaste, onLeave }: PasteQuestionFacts) {
  const lines = text.trimEnd().split(/\r?\n/)
  return (
    <Notice tone="ask">
      <p>
        Paste {lines.length} lines? The device carries out each one at once. The first is{' '}
        <code className="mono">{lines[0]?.slice(0, 60)}</code>
      </p>
      <div className="actions">
        <Button onClick={onPaste}>Paste {lines.length} lines</Button>
        <Button look="quiet" onClick={onLeave}>
          Leave it
        </Button>
      </div>
    </Notice>
  )
}
