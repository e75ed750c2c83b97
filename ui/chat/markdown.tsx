import { lazy, Suspense } from 'react'

const Formatted = lazy(() => import('./formatted.tsx'))

/** Text of the advisor; shown as plain text until the formatter is loaded. */
export function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <div className="markdown">
      <Suspense fallback={<p className="markdown-plain">{text}</p>}>
        <Formatted text={text} streaming={streaming} />
      </Suspense>
    </div>
  )
}
