import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

/** A part of the page that cannot be drawn says so, and the rest goes on. Another `key` tries again. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return (
      <div role="alert">
        <Notice tone="bad">
          <p>HWLab made a mistake and cannot show this part of the page. What you decided is kept.</p>
          <div className="actions">
            <Button onClick={() => location.reload()}>Load the page again</Button>
          </div>
        </Notice>
      </div>
    )
  }
}
