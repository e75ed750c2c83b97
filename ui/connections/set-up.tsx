import { useState } from 'react'
import type { ResponseValues } from '../../agent/protocol.ts'
import { Button } from '../kit/button.tsx'
import { Disclosure } from '../kit/disclosure.tsx'
import { Notice, Refusal } from '../kit/notice.tsx'
import { Status, type Tone } from '../kit/status.tsx'
import { useAsking } from '../use-asking.ts'

type Report = ResponseValues['set-up-check']
type Finding = Report['findings'][number]

const tones: Record<Finding['state'], Tone> = {
  there: 'good',
  missing: 'ask',
  differs: 'bad',
  refused: 'bad',
  unknown: 'muted',
}

/** What HWLab needs in NetBox: looked at on request, and asked for as one decision. */
export function SetUp() {
  const { busy, refusal, ask } = useAsking()
  const [report, setReport] = useState<Report | null>(null)
  const [roles, setRoles] = useState<string[]>([])
  const [isFiled, setIsFiled] = useState(false)

  async function check(wanted: string[]): Promise<void> {
    setIsFiled(false)
    setRoles(wanted)
    const answer = await ask('set-up-check', { roles: wanted })
    if (answer.kind === 'ok') setReport(answer.value)
  }
  async function propose(): Promise<void> {
    const answer = await ask('set-up-propose', { roles })
    setIsFiled(answer.kind === 'ok')
  }

  return (
    <>
      {report && (
        <>
          <Notice tone={report.isReady ? 'good' : 'ask'}>{report.words}</Notice>
          <Findings findings={report.findings} />
          <Roles offered={report.offeredRoles} chosen={roles} busy={busy} onChoose={check} />
        </>
      )}
      {isFiled && <Notice tone="ask">It waits for your decision among the requests.</Notice>}
      <div className="actions">
        {report && report.missing > 0 && !isFiled && (
          <Button look="primary" disabled={busy} onClick={propose}>
            {`Add what is missing (${report.missing})`}
          </Button>
        )}
        <Button disabled={busy} onClick={() => check(roles)}>
          {busy ? 'Looking…' : report ? 'Look again' : 'Set up'}
        </Button>
      </div>
      <Refusal why={refusal} />
    </>
  )
}

function Findings({ findings }: { findings: Finding[] }) {
  const open = findings.filter(({ state }) => state !== 'there')
  const there = findings.filter(({ state }) => state === 'there')
  return (
    <>
      <ul className="set-up-findings">
        {open.map((finding) => (
          <Line key={finding.what} finding={finding} />
        ))}
      </ul>
      {there.length > 0 && (
        <Disclosure summary={`There already (${there.length})`}>
          <ul className="set-up-findings">
            {there.map((finding) => (
              <Line key={finding.what} finding={finding} />
            ))}
          </ul>
        </Disclosure>
      )}
    </>
  )
}

function Line({ finding }: { finding: Finding }) {
  return (
    <li>
      <p className="panel-line">
        <span>{finding.what}</span>
        <Status tone={tones[finding.state]}>{finding.words}</Status>
      </p>
      {finding.fix && <p className="panel-why">{finding.fix}</p>}
    </li>
  )
}

function Roles(facts: {
  offered: string[]
  chosen: string[]
  busy: boolean
  onChoose(roles: string[]): void
}) {
  const { offered, chosen, busy, onChoose } = facts
  if (offered.length === 0) return null
  return (
    <Disclosure summary="Device roles to add now">
      <p className="panel-note">Any other role is added when an item first needs it.</p>
      <ul>
        {offered.map((role) => (
          <li key={role}>
            <label className="step-toggle">
              <input
                type="checkbox"
                checked={chosen.includes(role)}
                disabled={busy}
                onChange={({ target }) =>
                  onChoose(target.checked ? [...chosen, role] : chosen.filter((other) => other !== role))
                }
              />
              <span>{role}</span>
            </label>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
