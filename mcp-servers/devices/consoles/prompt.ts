import { lastLine } from './screen-text.ts'

/** Where a console stands. Only `exec`, `junos` and `routeros` take our read-only commands. */
export type Prompt =
  | { kind: 'exec' | 'junos' | 'routeros'; host: string }
  /** `more`: one screen of a long answer. */
  | { kind: 'more' | 'press-return' }
  | { kind: 'login' | 'password' | 'new-password' | 'setup-dialog' | 'configuring' | 'boot-loader' | 'shell' }
  /** Any other one: a carriage return might say yes. */
  | { kind: 'question' }
  | { kind: 'auto-provisioning'; stage: 'waiting' | 'running' | 'failed' }
  | { kind: 'booting' }
  | { kind: 'none' }

/** No prompt is longer, and a console may print a line without end. */
const lookedAtCharacters = 2000
/** How much above the last line a question may begin. */
const questionCharacters = 1000

const newPassword =
  /Enter the password for "?admin"?|Confirm the password|enforce secure password standard|new password\s*>?\s*:?\s*$/i
/** Where a question stands above, only these lines still ask. */
const asksForNewPassword = /:\s*$|password standard|new password\s*>\s*$/i
/** “Save? [yes/no]:”, “[startup-config]?”, “(y/n)”, “[confirm]”. */
const question =
  /(?:\?|\[confirm\]|[([](?:y|yes)\/[^)\]]{0,40}[)\]]|[([][^)\]]{0,40}\/no?[)\]])\s*(?:[[(][^\])]{0,40}[\])])?\s*[:?]?\s*$/i
const provisioningQuestion =
  /Abort (?:Power On )?Auto Provisioning[\s\S]*\(yes\/(?:skip\/)?no\)\s*\[no?\]\s*:\s*$/i
const provisioningFailed =
  /(?:POAP|Auto Provisioning|DHCP)\b.*\b(?:failed|failure|timed out|aborted|not complete)/i
const provisioningRuns =
  /(?:Starting|Executing) (?:Power On )?Auto Provisioning|POAP.*(?:in progress|DHCP[- ]discover)/i
const setupQuestion = /(?:initial|basic) configuration dialog\b.*[[(]yes\/no[\])].*:\s*$/i
const pressReturn = /Press RETURN to get started/i
const bootLoader =
  /^(?:rommon(?: #?\w+)? ?>|switch:|loader\s*>|\S*\(boot\)#|Aboot#|ONIE:\S*\s*#|=>|u-?boot>|Marvell>>|BOOT_(?:USER|ADMIN) ?[#>]|svos ?>|cfe>|redboot>|grub>|your choice:)\s*$/i
const booting = /Control-C .*Aboot|autoboot|Hit any key|Press SPACE|Booting|Loading .*image/i
const more =
  /(?:--\s?More\s?--|<---? More --->|---\(more(?: \d+%)?\)---|Press any key to (?:continue|proceed)|-- \[Q quit\|D dump)/i
const password = /password(?: for \S+)?\s*:\s*$/i
const login = /(?:^|\s)(?:login|username|user name|user)\s*:\s*$/i
/** ProCurve says only where it is: “(vlan-10)#”. */
const configuring = /\((?:conf|vlan|eth|trk|lag)[^)]*\)#\s*$/i
const routeros = /^\[([^\]]+)\]\s*(?:\/[\w/ -]*)?>\s*$/
const junos = /^\S+@(\S+)>\s*$/
/** A Unix shell, that of Junos included; `#` is also Junos' configuration mode. */
const shell = /^(?:\S+@\S+(?: \S+)?|\[\S+ \S+\])\s?[#%$]\s*$/
/** A name has a letter or a digit, which the rule of a banner has not; after it may stand the VRF that is worked in. */
const exec =
  /^(?=[^>#]*[a-z0-9])([\w.\-:/@~%]+(?:\((?:vrf:[^()\s]*|maint-mode)\))?|(?:HPE? |ProCurve )[\w. -]{0,30}\d[\w. -]{0,20})[>#]\s*$/i

/**
 * Reads the prompt from a screen as a person would: the last line, and for questions what stands above it, because
 * "(yes/no)[no]:" alone ends several. The first that fits counts. Sources of the forms: ktbyers/netmiko
 * (`ssh_autodetect.py`, `cisco_base_connection.py`), hellt/vrnetlab launch scripts, vendors' guides.
 */
export function readPrompt(screen: string): Prompt {
  const trimmed = screen.trimEnd().slice(-lookedAtCharacters)
  const line = lastLine(trimmed)
  const above = trimmed.slice(-questionCharacters)
  if (newPassword.test(above.slice(above.lastIndexOf('\n\n') + 1)) && asksForNewPassword.test(line))
    return { kind: 'new-password' }
  if (provisioningQuestion.test(above)) return { kind: 'auto-provisioning', stage: provisioningStage(above) }
  if (setupQuestion.test(line)) return { kind: 'setup-dialog' }
  if (pressReturn.test(line)) return { kind: 'press-return' }
  if (bootLoader.test(line)) return { kind: 'boot-loader' }
  if (more.test(line)) return { kind: 'more' }
  if (password.test(line)) return { kind: 'password' }
  if (login.test(line) && !/^last login/i.test(line)) return { kind: 'login' }
  if (configuring.test(line)) return { kind: 'configuring' }
  const [, router] = routeros.exec(line) ?? []
  if (router) return { kind: 'routeros', host: router.replace(/^[^@]*@/, '') }
  const [, juniper] = junos.exec(line) ?? []
  if (juniper) return { kind: 'junos', host: juniper }
  if (shell.test(line)) return { kind: 'shell' }
  const [, host] = exec.exec(line) ?? []
  if (host) return { kind: 'exec', host }
  if (provisioningRuns.test(above)) return { kind: 'auto-provisioning', stage: 'running' }
  if (booting.test(line)) return { kind: 'booting' }
  return question.test(line) ? { kind: 'question' } : { kind: 'none' }
}

/** The same question stands before provisioning began and after it failed; only what is above it tells. */
function provisioningStage(above: string): 'waiting' | 'running' | 'failed' {
  const start = above.search(/Abort (?:Power On )?Auto Provisioning/i)
  const before = above.slice(0, start)
  if (provisioningFailed.test(before)) return 'failed'
  return provisioningRuns.test(before) ? 'running' : 'waiting'
}

/** What a device says to a command that it does not know. */
const refusal =
  /% ?(?:Invalid|Unknown|Incomplete|Unrecognized|Ambiguous) |syntax error|unknown command|bad command name|expected end of command|command not found/i

export function isRefused(output: string): boolean {
  return refusal.test(output.slice(0, 400))
}
