import './fonts.ts'
import './look.css'
import './kit/kit.css'
import './house/house.css'
import './house/conversations.css'
import './chat/chat.css'
import './cards/cards.css'
import './intake/intake.css'
import './house/panels.css'
import './queue/conflict.css'
import './drift/drift.css'
import './bench/meter/meter.css'
import './memory/memory.css'
import './routing/routing.css'
import './others/others.css'
import './facts/facts.css'
import './spend/spend.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openConnection } from './connection.ts'
import { applyTheme, storedTheme } from './house/theme.ts'
import { ErrorBoundary } from './kit/error-boundary.tsx'
import { LabContext } from './use-lab.ts'

applyTheme(storedTheme())
// The formatter of answers is large: it comes after the first picture, and before the first answer.
addEventListener('load', () => void import('./chat/formatted.tsx'))

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <LabContext value={openConnection(location.origin)}>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </LabContext>
  </StrictMode>,
)
