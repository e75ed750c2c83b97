import { Collapsible } from 'radix-ui'
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

interface DisclosureFacts {
  summary: ReactNode
  children: ReactNode
}

export function Disclosure({ summary, children }: DisclosureFacts) {
  return (
    <Collapsible.Root className="disclosure">
      <Collapsible.Trigger className="disclosure-trigger">
        <Icon name="chevron" />
        <span className="disclosure-summary">{summary}</span>
      </Collapsible.Trigger>
      <Collapsible.Content className="disclosure-content">{children}</Collapsible.Content>
    </Collapsible.Root>
  )
}
