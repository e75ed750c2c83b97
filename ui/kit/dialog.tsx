import { Dialog as Primitive } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { IconButton } from './button.tsx'

interface DialogFacts {
  title: string
  open: boolean
  onClose(): void
  /** May prevent that Escape closes it. */
  onEscape?(event: KeyboardEvent): void
  children: ReactNode
}

/** A modal; Escape and the close button call `onClose`, and what opened it has the keyboard again. */
export function Dialog({ title, open, onClose, onEscape, children }: DialogFacts) {
  const openedFrom = useRef<Element | null>(null)
  return (
    <Primitive.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="dialog-shade" />
        <Primitive.Content
          className="dialog"
          aria-describedby={undefined}
          onEscapeKeyDown={onEscape}
          onOpenAutoFocus={() => {
            openedFrom.current = document.activeElement
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (openedFrom.current instanceof HTMLElement) openedFrom.current.focus()
          }}
        >
          <header className="dialog-head">
            <Primitive.Title className="dialog-title">{title}</Primitive.Title>
            <Primitive.Close asChild>
              <IconButton icon="close" label="Close" />
            </Primitive.Close>
          </header>
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
