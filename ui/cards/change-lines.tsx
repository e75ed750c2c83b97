import type { ChangeView } from '../../agent/protocol/changes.ts'
import { readsAsCode } from '../kit/reads-as-code.ts'

interface LinesFacts {
  lines: ChangeView['lines']
  title: string
  /** What becomes of them: written into the inventory, or sent to somebody else’s server. */
  fate: 'written' | 'sent'
}

/** Before and after; the column "before" is left out when everything is new. */
export function ChangeLines({ lines, title, fate }: LinesFacts) {
  if (lines.length === 0) return null
  const byTag = lines.length > 1 && lines.every((line) => line.label.startsWith('HW-'))
  const allNew = lines.every((line) => line.before === null)
  return (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark: the same card may stand beside the chat
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <div className="lines-scroll" role="group" aria-label={`${title}: what will be ${fate}`} tabIndex={0}>
      <table className="lines">
        <thead>
          <tr>
            <th scope="col">{byTag ? 'Tag' : 'Field'}</th>
            {!allNew && <th scope="col">Now</th>}
            <th scope="col">{allNew ? `Will be ${fate}` : 'Then'}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.label}>
              <th scope="row" className={byTag ? 'mono' : ''}>
                {line.label}
              </th>
              {!allNew && (
                <td className={`line-before ${readsAsCode(line.before) ? 'mono' : ''}`}>
                  {line.before === null ? 'nothing' : <s>{line.before}</s>}
                </td>
              )}
              <td className={readsAsCode(line.after) ? 'mono' : ''}>{line.after ?? 'removed'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
