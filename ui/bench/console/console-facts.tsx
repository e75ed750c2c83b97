import type { ConsoleSessionView } from '../../../agent/protocol/consoles.ts'

type Facts = NonNullable<ConsoleSessionView['facts']>

/** What a device said of itself, with the command whose answer it stands in. */
export function ConsoleFacts({ facts }: { facts: Facts }) {
  const { manufacturer, platform, hostname, version, chassis, modules } = facts
  const isStack = chassis.length > 1
  return (
    <dl className="console-facts">
      {chassis.map(({ slot, model, serial, saidBy }) => (
        <div key={`${slot} ${serial}`}>
          <dt>{isStack ? `Member ${slot}` : 'Device'}</dt>
          <dd>
            {manufacturer} <span className="mono">{model ?? 'model not said'}</span>
          </dd>
          <dt>Serial number</dt>
          <dd>
            <span className="mono">{serial ?? 'not said'}</span>
            {saidBy && <span className="panel-note"> by {saidBy}</span>}
          </dd>
        </div>
      ))}
      <div>
        <dt>Runs</dt>
        <dd>
          {platform} {version && <span className="mono">{version}</span>}
        </dd>
        {hostname && (
          <>
            <dt>Host name</dt>
            <dd className="mono">{hostname}</dd>
          </>
        )}
        {modules.length > 0 && (
          <>
            <dt>Modules</dt>
            <dd>
              {modules.map(({ name, model, serial }) => (
                <p key={`${name} ${serial}`}>
                  {name}: <span className="mono">{[model, serial].filter(Boolean).join(' ')}</span>
                </p>
              ))}
            </dd>
          </>
        )}
      </div>
      {facts.isVirtual && <p className="panel-why">A virtual machine: there is no hardware to record.</p>}
    </dl>
  )
}
