import type { ForeignServerView } from '../../agent/protocol/others.ts'
import { Button } from '../kit/button.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { Status } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'
import { useLab } from '../use-lab.ts'
import { DoubtfulCall } from './doubtful-call.tsx'
import { ForeignTool } from './foreign-tool.tsx'

/** MCP servers that somebody else runs: how they stand, and what their tools may do. */
export function OtherServers() {
  const others = useLab((lab) => lab.others)
  if (!others) return null
  return (
    <section className="panel-section" aria-label="Other MCP servers">
      <h3>Other MCP servers</h3>
      {others.fileFix && <Notice tone="bad">{`mcp.json: ${others.fileFix}`}</Notice>}
      {others.doubtful.map((call) => (
        <DoubtfulCall key={call.callId} call={call} />
      ))}
      {others.servers.length === 0 && !others.fileFix && <HowToAdd path={others.path} />}
      <ul className="rows">
        {others.servers.map((server) => (
          <li key={server.name} className="row">
            <Server server={server} />
          </li>
        ))}
      </ul>
      {others.servers.length > 0 && <p className="panel-note">{`mcp.json: ${others.fileWords}.`}</p>}
    </section>
  )
}

const example = `{
  "mcpServers": {
    "proxmox": {
      "command": "npx",
      "args": ["-y", "some-proxmox-mcp"],
      "env": { "TOKEN": "\${PVE_TOKEN}" }
    },
    "dns": {
      "type": "http",
      "url": "http://dns.lan/mcp"
    }
  }
}`

function HowToAdd({ path }: { path: string }) {
  return (
    <>
      <p className="panel-note">
        None yet. If you have MCP servers for Proxmox, Docker, DNS or monitoring, name them in a file, and
        HWLab reads it at once. You are asked before any of their tools is called.
      </p>
      {path !== '' && <p className="panel-ids mono">{path}</p>}
      <pre className="others-example">{example}</pre>
    </>
  )
}

function Server({ server }: { server: ForeignServerView }) {
  const { busy, refusal, ask } = useAsking()
  const { name, stateWords, tone, fix, canTryAgain, tools } = server
  return (
    <>
      <p className="panel-line">
        <span className="panel-name">{name}</span>
        <Status tone={tone}>{stateWords}</Status>
      </p>
      {fix && <p className="panel-why">{fix}</p>}
      {canTryAgain && (
        <div className="actions">
          <Button
            look="quiet"
            aria-label={`Try again: ${name}`}
            disabled={busy}
            onClick={() => ask('others-try-again', { server: name })}
          >
            Try again
          </Button>
        </div>
      )}
      <Refusal why={refusal} />
      {tools.length > 0 && (
        <Disclosure summary={`Its tools: ${toolsInWords(tools)}`}>
          <ul className="foreign-tools">
            {tools.map((tool) => (
              <li key={tool.tool}>
                <ForeignTool server={name} tool={tool} />
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

function toolsInWords(tools: ForeignServerView['tools']): string {
  const count = (words: string, some: ForeignServerView['tools']) =>
    some.length === 0 ? [] : [`${some.length} ${words}`]
  return [
    ...count(
      'changed',
      tools.filter(({ drift }) => drift.length > 0),
    ),
    ...count(
      'allowed',
      tools.filter(({ policy }) => policy === 'allow'),
    ),
    ...count(
      'asked for',
      tools.filter(({ policy, drift }) => policy === 'ask' && drift.length === 0),
    ),
    ...count(
      'never called',
      tools.filter(({ policy }) => policy === 'never'),
    ),
  ].join(', ')
}
