import type { ComponentProps, ReactNode } from 'react'
import { defaultRehypePlugins, Streamdown } from 'streamdown'

type Children = { children?: ReactNode }

/** The whole address is shown, so that words cannot lead somewhere else than they say. */
function FullLink({ href, children }: ComponentProps<'a'>) {
  const shown = typeof children === 'string' ? children : ''
  return (
    <>
      <a href={href} target="_blank" rel="noreferrer nofollow">
        {children}
      </a>
      {href && shown !== href && `mailto:${shown}` !== href && (
        <span className="markdown-address"> ({href})</span>
      )}
    </>
  )
}

/** Pictures from elsewhere are never loaded: they tell strangers who reads. */
function NoImage({ alt, src }: ComponentProps<'img'>) {
  return (
    <span className="markdown-address">{`[picture: ${alt || (typeof src === 'string' ? src : '')}]`}</span>
  )
}

const plain = {
  a: FullLink,
  img: NoImage,
  h1: ({ children }: Children) => <h3>{children}</h3>,
  h2: ({ children }: Children) => <h3>{children}</h3>,
  h3: ({ children }: Children) => <h4>{children}</h4>,
  h4: ({ children }: Children) => <h4>{children}</h4>,
  p: ({ children }: Children) => <p>{children}</p>,
  ul: ({ children }: Children) => <ul>{children}</ul>,
  ol: ({ children }: Children) => <ol>{children}</ol>,
  li: ({ children }: Children) => <li>{children}</li>,
  strong: ({ children }: Children) => <strong>{children}</strong>,
  blockquote: ({ children }: Children) => <blockquote>{children}</blockquote>,
  hr: () => <hr />,
  code: ({ children }: Children) => <code>{children}</code>,
  inlineCode: ({ children }: Children) => <code>{children}</code>,
  pre: ({ children }: Children) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <pre tabIndex={0}>{children}</pre>
  ),
  table: ({ children }: Children) => (
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and no landmark: an answer may have many tables
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <div className="markdown-table" role="group" aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  thead: ({ children }: Children) => <thead>{children}</thead>,
  tbody: ({ children }: Children) => <tbody>{children}</tbody>,
  tr: ({ children }: Children) => <tr>{children}</tr>,
  th: ({ children, style }: ComponentProps<'th'>) => <th style={style}>{children}</th>,
  td: ({ children, style }: ComponentProps<'td'>) => (
    <td style={style} className={isOneWord(children) ? 'markdown-code' : ''}>
      {children}
    </td>
  ),
}

/** A tag, a date, an address. */
function isOneWord(children: ReactNode): boolean {
  return typeof children === 'string' && /^\S{1,24}$/.test(children)
}

const rehypePlugins = Object.entries(defaultRehypePlugins).flatMap(([name, plugin]) =>
  name === 'raw' ? [] : [plugin],
)

export default function Formatted({ text, streaming }: { text: string; streaming: boolean }) {
  return (
    <Streamdown
      mode={streaming ? 'streaming' : 'static'}
      isAnimating={streaming}
      controls={false}
      components={plain}
      rehypePlugins={rehypePlugins}
      linkSafety={{ enabled: false }}
    >
      {text}
    </Streamdown>
  )
}
