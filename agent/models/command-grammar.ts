import { nearestWord } from '../nearest-word.ts'

/** What a person can type without any model. Pure: text in, one command out. */
export type Command =
  | { kind: 'help' }
  | { kind: 'find'; text: string }
  | { kind: 'show'; what: string }
  | { kind: 'queue' }
  | { kind: 'printers' }
  | { kind: 'devices' }
  /** null: the only serial port, the only meter, the usual second. */
  | { kind: 'console'; place: string | null }
  | { kind: 'meter'; seconds: number | null }
  /** Of one tag, or of all; `most`: how many of the newest. */
  | { kind: 'cable-tests'; tag: string | null; most: number | null }
  | { kind: 'jobs' }
  | { kind: 'connections' }
  | { kind: 'print'; tag: string; printer: string | null }
  | { kind: 'place'; thing: string; near: string | null }
  | { kind: 'ip-plan'; prefix: string | null }
  | { kind: 'change'; tag: string; fields: string[] }
  | { kind: 'undo'; what: string }
  | { kind: 'describe'; text: string }
  | { kind: 'search'; text: string }
  | { kind: 'remember'; text: string }
  | { kind: 'remembered' }
  /** A command without what it needs: the sentence says how it is written. */
  | { kind: 'incomplete'; usage: string }
  | { kind: 'unknown' }

interface Row {
  usage: string
  what: string
  also: string[]
  /** Whole lines that mean it as well; what is captured goes to `parse`. */
  phrase?: RegExp
  parse(rest: string): Command
}

const needs =
  (usage: string, make: (rest: string) => Command) =>
  (rest: string): Command =>
    rest === '' ? { kind: 'incomplete', usage } : make(rest)

/** One row per command, in the order of the help. */
const rows: Record<string, Row> = {
  find: {
    usage: 'find <text>',
    what: 'look for something in the inventory',
    also: ['look'],
    parse: needs('find <text>', (text) => ({ kind: 'find', text })),
  },
  show: {
    usage: 'show HW-00001',
    what: 'open one record',
    also: ['get', 'open'],
    parse: needs('show HW-00001', (what) => ({ kind: 'show', what })),
  },
  describe: {
    usage: 'describe <what it says>',
    what: 'start an intake from typed text instead of a photo',
    also: ['intake', 'add'],
    parse: needs('describe <what the label says>', (text) => ({ kind: 'describe', text })),
  },
  print: {
    usage: 'print HW-00001 [on <printer>]',
    what: 'ask for a label',
    also: ['label'],
    parse: needs('print HW-00001 [on <printer>]', parsePrint),
  },
  change: {
    usage: 'change HW-00001 serial=SN-1; name=core',
    what: 'change a recorded thing; status=retired retires it',
    also: ['edit', 'set'],
    parse: parseChange,
  },
  interfaces: {
    usage: 'interfaces HW-00001',
    what: 'propose the right name for each of its interfaces, and make doubles one',
    also: ['ports'],
    parse: parseInterfaces,
  },
  undo: {
    usage: 'undo HW-00001',
    what: 'take the last write to it back',
    also: ['revert'],
    parse: needs('undo HW-00001', (what) => ({
      kind: 'undo',
      what: tagPattern.test(what) ? tagOf(what) : what,
    })),
  },
  place: {
    usage: 'place HW-00001 [near <rack>]',
    what: 'where it should go, a rack with room or a shelf; a model name does as well',
    also: ['put'],
    parse: needs('place HW-00001 [near <rack>]', parsePlace),
  },
  'ip-plan': {
    usage: 'ip-plan [192.168.10.0/24]',
    what: 'addresses that break your conventions, and what is free',
    also: ['ipplan', 'ips'],
    parse: (rest) => ({ kind: 'ip-plan', prefix: rest === '' ? null : rest }),
  },
  queue: {
    usage: 'queue',
    what: 'what still waits for NetBox',
    also: ['outbox'],
    parse: () => ({ kind: 'queue' }),
  },
  printers: {
    usage: 'printers',
    what: 'the label printers',
    also: ['printer'],
    phrase: /^(?:which|what) (?:label )?printers (?:are|do) (?:there|i have)$/i,
    parse: () => ({ kind: 'printers' }),
  },
  jobs: { usage: 'jobs', what: 'the last labels', also: ['labels'], parse: () => ({ kind: 'jobs' }) },
  devices: {
    usage: 'devices',
    what: 'what is plugged in',
    also: ['usb', 'bench'],
    phrase:
      /^(?:what(?: is|[’']s)|show me what(?: is|[’']s)) (?:plugged in|on the bench)(?: right)?(?: now)?$/i,
    parse: () => ({ kind: 'devices' }),
  },
  console: {
    usage: 'console [<place>]',
    what: 'ask the device on a serial console for make, model and serial number',
    also: [],
    phrase: /^(?:who|what)(?: is|[’']s) (?:there )?on (?:the|my) (?:serial )?console$/i,
    parse: (rest) =>
      /\s/.test(rest)
        ? { kind: 'incomplete', usage: 'console [<place>]' }
        : { kind: 'console', place: rest === '' ? null : rest },
  },
  meter: {
    usage: 'meter [10 s]',
    what: 'read the USB power meter',
    also: [],
    phrase: /^read (?:the|my) (?:usb )?(?:power )?meter(?: (for .+))?$/i,
    parse: parseMeter,
  },
  cables: {
    usage: 'cables [last | HW-00001]',
    what: 'the last cable tests, or those of one thing, with their wires',
    also: ['cable-tests'],
    phrase:
      /^(?:(?:show |list )?(?:me )?(?:the |my )?(?:last |latest )?cable tests(?: (?:of|for|on) (hw-?\d{1,8}))?|(?:did|has) the (last) cable (?:test )?(?:pass|fail)(?:ed)?|(?:what was )?the (last) cable test)$/i,
    parse: parseCables,
  },
  search: {
    usage: 'search <text>',
    what: 'search the web through your SearXNG',
    also: ['web'],
    parse: needs('search <text>', (text) => ({ kind: 'search', text })),
  },
  remember: {
    usage: 'remember that <sentence>',
    what: 'keep a sentence for every conversation, once you agree on the card',
    also: [],
    parse: needs('remember that <sentence>', (rest) => ({
      kind: 'remember',
      text: rest.replace(/^that\s+/i, ''),
    })),
  },
  remembered: {
    usage: 'remembered',
    what: 'the sentences that HWLab remembers',
    also: ['facts'],
    parse: () => ({ kind: 'remembered' }),
  },
  use: {
    usage: 'use auto | local | cloud | cloud:<model>',
    what: 'who answers in this conversation',
    also: [],
    parse: () => ({ kind: 'unknown' }),
  },
  connections: {
    usage: 'connections',
    what: 'what is connected, and what is missing',
    also: ['status', 'connected'],
    parse: () => ({ kind: 'connections' }),
  },
  help: { usage: 'help', what: 'this list', also: ['?', 'commands'], parse: () => ({ kind: 'help' }) },
}

/** Every word that begins a command. */
export const commandNames: string[] = Object.entries(rows).flatMap(([name, row]) => [name, ...row.also])

const tagPattern = /^hw-?\d{1,8}$/i

/** One sentence of one line; what asks something is for a model. */
const rememberPattern = /^(?:please )?remember(?: that|:) [^\n?]{3,240}$/i

/** What the page of an unknown label sends: the intake claims its tag. */
const claimPattern = /^start an intake for .*\b(hw-?\d{1,8})\b/i

export function parseCommand(text: string): Command {
  const line = text
    .trim()
    .replace(/^(?:\/|please (?=remember\b))/i, '')
    .trim()
  const claimed = claimPattern.exec(line)?.[1]
  if (claimed) return { kind: 'describe', text: tagOf(claimed) }
  if (tagPattern.test(line)) return { kind: 'show', what: tagOf(line) }
  const phrased = phraseOf(line)
  if (phrased) return phrased
  const [word = '', ...rest] = line.split(/\s+/)
  const row = rowOf(word.toLowerCase().replace(/^remember:$/, 'remember'))
  return row ? row.parse(rest.join(' ').slice(0, 2000)) : { kind: 'unknown' }
}

/** True for a line that cannot mean anything else, so that no model is asked: a slash, a bare tag, a bare command word, a phrase. */
export function isPlainlyCommand(text: string): boolean {
  const line = text.trim()
  if (line.startsWith('/') || [tagPattern, claimPattern, rememberPattern].some((one) => one.test(line)))
    return true
  if (phraseOf(line)) return true
  const row = rowOf(line.toLowerCase())
  return row !== null && row.parse('').kind !== 'incomplete'
}

export const helpLines: string[] = Object.values(rows).map((row) => `- \`${row.usage}\`: ${row.what}`)

/** The command that a misspelt word most likely meant, or null. */
export function nearestCommand(word: string): string | null {
  return nearestWord(word, commandNames)
}

function rowOf(word: string): Row | null {
  for (const [name, row] of Object.entries(rows)) if (name === word || row.also.includes(word)) return row
  return null
}

/** Nobody puts a command into a longer sentence, and a long line of blanks would be searched again and again. */
const phraseCharactersMax = 300

function phraseOf(line: string): Command | null {
  if (line.length > phraseCharactersMax) return null
  const asked = line.replace(/\s*[?.!]*$/, '').replace(/^please /i, '')
  for (const { phrase, parse } of Object.values(rows)) {
    const match = phrase?.exec(asked)
    if (match) return parse(match.slice(1).find((captured) => captured !== undefined) ?? '')
  }
  return null
}

function parseMeter(rest: string): Command {
  if (rest === '') return { kind: 'meter', seconds: null }
  const seconds = /^(?:for )?(\d{1,3}(?:\.\d)?) ?(?:s|sec|seconds?)?$/i.exec(rest)?.[1]
  return seconds === undefined
    ? { kind: 'incomplete', usage: 'meter [10 s]' }
    : { kind: 'meter', seconds: Number(seconds) }
}

function parseCables(rest: string): Command {
  if (rest === '') return { kind: 'cable-tests', tag: null, most: null }
  if (/^last$/i.test(rest)) return { kind: 'cable-tests', tag: null, most: 1 }
  const tag = rest.replace(/^(?:of|for) /i, '')
  return tagPattern.test(tag)
    ? { kind: 'cable-tests', tag: tagOf(tag), most: null }
    : { kind: 'incomplete', usage: 'cables [last | HW-00001]' }
}

function parsePrint(rest: string): Command {
  const match = /^(\S+)(?:\s+on\s+(.+))?$/i.exec(rest)
  const tag = match?.[1]
  if (!tag || !tagPattern.test(tag)) return { kind: 'incomplete', usage: 'print HW-00001 [on <printer>]' }
  return { kind: 'print', tag: tagOf(tag), printer: match[2] ?? null }
}

function parseChange(rest: string): Command {
  const [, tag = '', edits = ''] = /^(\S+)\s+(.+)$/s.exec(rest) ?? []
  const fields = edits.split(/;\s*/).filter((edit) => edit.trim() !== '')
  if (!tagPattern.test(tag) || !fields.every((edit) => edit.includes('=')))
    return { kind: 'incomplete', usage: 'change HW-00001 serial=SN-1; name=core' }
  return { kind: 'change', tag: tagOf(tag), fields }
}

function parseInterfaces(rest: string): Command {
  return tagPattern.test(rest)
    ? { kind: 'change', tag: tagOf(rest), fields: ['interfaces=standard'] }
    : { kind: 'incomplete', usage: 'interfaces HW-00001' }
}

function parsePlace(rest: string): Command {
  const [thing = rest, near] = rest.split(/\s+near\s+/i)
  return { kind: 'place', thing: tagPattern.test(thing) ? tagOf(thing) : thing, near: near ?? null }
}

/** `hw-1` and `HW00001` are the same tag. */
function tagOf(text: string): string {
  return `HW-${text.replace(/\D/g, '').padStart(5, '0')}`
}
