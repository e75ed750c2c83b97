import type { ItemView } from '../../agent/protocol.ts'
import { Notice } from '../kit/notice.tsx'

export function Duplicates({ duplicates }: { duplicates: ItemView['duplicates'] }) {
  if (duplicates.length === 0) return null
  const certain = duplicates.some((duplicate) => duplicate.certain)
  return (
    <Notice tone={certain ? 'bad' : 'ask'}>
      <p className="duplicates-title">{certain ? 'You own this already' : 'You may own this already'}</p>
      <ul className="duplicates">
        {duplicates.map((duplicate) => (
          <li key={`${duplicate.tag}${duplicate.words}`}>
            {duplicate.tag && <span className="mono">{duplicate.tag} </span>}
            {duplicate.words}
            {duplicate.url && (
              <>
                {' '}
                <a href={duplicate.url} target="_blank" rel="noreferrer">
                  Open the record
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
