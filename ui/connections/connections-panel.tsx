import { Button } from '../kit/button.tsx'
import { Refusal } from '../kit/notice.tsx'
import { WhatIsKept } from '../memory/what-is-kept.tsx'
import { OtherServers } from '../others/other-servers.tsx'
import { RoutingRules } from '../routing/routing-rules.tsx'
import { TaughtExamples } from '../routing/taught-examples.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { ConnectionLine } from './connection-line.tsx'
import { SetUp } from './set-up.tsx'
import { TryAgain } from './try-again.tsx'

export function ConnectionsPanel() {
  const connections = useLab((lab) => lab.connections)
  const { busy, refusal, ask } = useAsking()
  return (
    <>
      <div className="panel-section">
        {!connections && <p className="panel-empty">Looking at what is connected…</p>}
        <ul className="rows">
          {connections?.map((connection) => (
            <li key={connection.name} className="row">
              <ConnectionLine connection={connection} />
              {connection.modelKey && <TryAgain name={connection.name} modelKey={connection.modelKey} />}
              {connection.offersSetUp && <SetUp />}
            </li>
          ))}
        </ul>
        <div className="actions">
          <Button disabled={busy} onClick={() => ask('connections-check', {})}>
            {busy ? 'Checking…' : 'Check again'}
          </Button>
        </div>
        <Refusal why={refusal} />
      </div>
      <OtherServers />
      <RoutingRules />
      <TaughtExamples />
      <WhatIsKept />
    </>
  )
}
