import type { ItemView } from '../../agent/protocol/items.ts'
import { usePlace } from '../house/place.ts'
import { Button } from '../kit/button.tsx'
import { Notice } from '../kit/notice.tsx'
import { useLab } from '../use-lab.ts'
import { isElsewhere } from './record-address.ts'

type Duplicate = ItemView['duplicates'][number]

/** "Do I own this already?": what may be the same thing, and the way to it. */
export function Duplicates({ duplicates }: { duplicates: Duplicate[] }) {
  if (duplicates.length === 0) return null
  const certain = duplicates.some((duplicate) => duplicate.certain)
  return (
    <Notice tone={certain ? 'bad' : 'ask'}>
      <p className="duplicates-title">{certain ? 'You own this already' : 'You may own this already'}</p>
      <ul className="duplicates">
        {duplicates.map((duplicate) => (
          <li key={`${duplicate.tag}${duplicate.words}`}>
            <p>{duplicate.words}</p>
            <OpenDuplicate duplicate={duplicate} />
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function OpenDuplicate({ duplicate: { tag, url, certain } }: { duplicate: Duplicate }) {
  const { go } = usePlace()
  const isOurs = useLab((lab) => lab.items?.some((item) => item.tag !== null && item.tag === tag) ?? false)
  const words = tag === null ? 'Open the record' : `Open ${tag}`
  if (url !== null && isElsewhere(url) && !isOurs)
    return (
      <a
        className={`button button-${certain ? 'primary' : 'plain'}`}
        href={url}
        target="_blank"
        rel="noreferrer"
      >
        {words}
      </a>
    )
  if (tag === null) return null
  return (
    <Button look={certain ? 'primary' : 'plain'} onClick={() => go({ kind: 'tag', tag })}>
      {words}
    </Button>
  )
}
