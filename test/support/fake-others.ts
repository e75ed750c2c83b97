import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ForeignToolView, OthersView } from '../../agent/protocol/others.ts'
import { fakeChange } from './fake-lab-things.ts'

/** Servers of others as the lab would tell them: one that changed a tool, one away, one wrong in the file. */
export function fakeOthers(changed: Partial<OthersView> = {}): OthersView {
  return {
    path: '/var/lib/hwlab/mcp.json',
    fileWords: 'Read at 14:02:11, 3 servers',
    fileTone: 'good',
    fileFix: null,
    servers: [
      {
        ...{ name: 'proxmox', stateWords: '3 tools', tone: 'good', fix: null, canTryAgain: false },
        tools: [
          tool('list_vms', {
            description: 'Lists all virtual machines with their state.',
            claims: ['says that it only reads'],
            policy: 'ask',
            policyWords: 'Asked for: it changed since it was allowed, by bench on 12 Nov',
            drift: [
              {
                label: 'description',
                before: 'Lists all virtual machines.',
                after: 'Lists all virtual machines with their state.',
              },
              { label: 'arguments.node.type', before: null, after: 'string' },
            ],
          }),
          tool('vm_status', { policy: 'allow', policyWords: 'Allowed as it is now, by bench on 12 Nov' }),
          tool('delete_vm', {
            description: 'Removes a virtual machine and its disks.',
            claims: ['says that it can destroy'],
            whyNotAllow: 'It says that it can destroy, so you are asked each time.',
          }),
        ],
      },
      {
        ...{ name: 'dns', stateWords: 'Not connected', tone: 'bad', canTryAgain: true, tools: [] },
        fix: 'It cannot be reached. Is it running, and is the address right? It is tried again at 14:03:15.',
      },
      {
        ...{ name: 'watch', stateWords: 'Wrong in the file', tone: 'bad', canTryAgain: false, tools: [] },
        fix: 'WATCH_KEY is not set.',
      },
    ],
    doubtful: [
      {
        callId: 'call-1',
        words: 'restart_vm of proxmox. HWLab stopped while this was being sent.',
        sent: '{"vmid":101}',
      },
    ],
    ...changed,
  }
}

function tool(name: string, facts: Partial<ForeignToolView>): ForeignToolView {
  return {
    tool: name,
    fingerprint: 'f0'.repeat(32),
    description: 'Tells the state of one virtual machine.',
    claims: ['says nothing about what it changes'],
    policy: 'ask',
    policyWords: 'Asked for each time',
    whyNotAllow: null,
    drift: [],
    ...facts,
  }
}

/** A call that waits for a person, as its card is sent. */
export function fakeForeignCall(facts: Partial<ChangeView> = {}): ChangeView {
  return fakeChange({
    ...{ itemId: null, title: 'Call restart_vm of proxmox', requester: 'client:HWLab chat' },
    lines: [
      { label: 'Server', before: null, after: 'proxmox' },
      { label: 'Tool', before: null, after: 'restart_vm' },
      { label: 'argument vmid', before: null, after: '101' },
      { label: 'argument note', before: null, after: '"after the update"' },
      { label: 'proxmox says about it', before: null, after: '“Restarts a virtual machine.”' },
    ],
    warnings: ['HWLab does not know what this does there, and cannot take it back.'],
    steps: [
      {
        ...{ position: 0, kind: 'others.call_tool', title: 'Send this to proxmox, once' },
        ...{ optional: false, state: 'waiting', outcome: null, waitsFor: null },
      },
    ],
    approveWords: 'Send it once',
    ...facts,
  })
}
