import type { CSSProperties } from 'react'
import type { BenchView } from '../../agent/protocol/bench.ts'

interface PreviewFacts {
  sheet: BenchView['sheets'][number]
  skip: number
  count: number
}

/** The first page as a small grid: what is used up, what will be printed, what stays blank. */
export function SheetPreview({ sheet, skip, count }: PreviewFacts) {
  const onPage = sheet.columns * sheet.rows
  const printed = Math.min(count, onPage - skip)
  const words = pageWords(count, Math.ceil((skip + count) / onPage))
  const shape = {
    '--columns': sheet.columns,
    '--rows': sheet.rows,
    aspectRatio: sheet.pageShape,
  } satisfies CSSProperties & Record<`--${string}`, number>
  const looks = [
    ...Array.from({ length: skip }, () => 'used'),
    ...Array.from({ length: printed }, () => 'printed'),
    ...Array.from({ length: onPage - skip - printed }, () => 'blank'),
  ]
  const cells = looks.map((look, cell) => ({ look, key: `${cell}` }))
  return (
    <figure className="sheet-preview">
      <div
        className="sheet-page"
        style={shape}
        role="img"
        aria-label={`First page: ${skip} used up, ${printed} printed, ${onPage - skip - printed} blank`}
      >
        {cells.map(({ look, key }) => (
          <span key={key} className={`sheet-label sheet-label-${look}`} />
        ))}
      </div>
      <figcaption>
        <p>{words}</p>
        <p className="panel-note">
          Print at 100 %, not “fit to page”. Try a plain sheet first and hold it against the labels.
        </p>
      </figcaption>
    </figure>
  )
}

function pageWords(count: number, pages: number): string {
  if (count === 0) return 'No label.'
  return `${count === 1 ? '1 label' : `${count} labels`} on ${pages === 1 ? '1 page' : `${pages} pages`}.`
}
