import { z } from 'zod'
import type { ConnectionView } from '../protocol/connections.ts'
import { type Command, helpLines } from './command-grammar.ts'
import type { CommandRequest } from './command-request.ts'
import { sayResult } from './command-words.ts'

export type CommandMove =
  | { kind: 'say'; text: string }
  | { kind: 'call'; tool: string; input: Record<string, unknown> }

/** A tool call of this turn and what the server said. */
export interface StepDone {
  tool: string
  text: string
}

export interface CommandWorld {
  hasTool(name: string): boolean
  connections(): Promise<ConnectionView[]>
  /** What a person had HWLab remember, newest first. */
  remembered(): string[]
}

const say = (text: string): CommandMove => ({ kind: 'say', text })

/** What Commands does next: one call after another, then one short text. The same request and steps give the same move. */
export async function nextMove(
  request: CommandRequest,
  steps: StepDone[],
  world: CommandWorld,
): Promise<CommandMove> {
  if (request.kind === 'decided') return say(request.outcome)
  if (request.kind === 'photos')
    return intake({ attachment_ids: request.attachmentIds, ...noteOf(request.note) }, steps, world)
  const { command } = request
  if (command.kind === 'describe') return intake({ attachment_ids: [], note: command.text }, steps, world)
  if (command.kind === 'print' && command.printer && world.hasTool('devices_print_label')) {
    const found = printerCalled(command.printer, steps)
    if (found.kind === 'not-asked') return { kind: 'call', tool: 'devices_list_printers', input: {} }
    if (found.kind === 'none') return say(found.why)
    const printed = steps.find((step) => step.tool === 'devices_print_label')
    const input = { tag: command.tag, printer_id: found.printerId }
    return printed
      ? say(sayResult(printed.tool, printed.text))
      : { kind: 'call', tool: 'devices_print_label', input }
  }
  const call = callOf(command)
  if (!call) return say(await plainAnswer(command, world))
  if (!world.hasTool(call.tool)) return say(whyMissing(call.tool, world))
  const [own, listed] = steps
  if (command.kind === 'show' && own) return shown(command.what, own, listed, world)
  const done = steps.at(-1)
  return done ? say(sayResult(done.tool, done.text)) : call
}

/** What HWLab did not take in itself may be in the inventory all the same. */
function shown(what: string, own: StepDone, listed: StepDone | undefined, world: CommandWorld): CommandMove {
  const look = 'netbox_find_item'
  if (parsedJson(own.text) !== null || !world.hasTool(look)) return say(sayResult(own.tool, own.text))
  if (!listed) return { kind: 'call', tool: look, input: { text: what } }
  return say(sayResult(listed.tool, listed.text))
}

/** A server that reads but does not write was started read-only. */
function whyMissing(tool: string, world: CommandWorld): string {
  const [server = ''] = tool.split('_')
  const reads = { netbox: 'netbox_find_item', devices: 'devices_list_printers' }[server]
  return reads !== undefined && world.hasTool(reads)
    ? 'HWLab runs read-only, so nothing is changed or printed. Start it without HWLAB_MODE=read-only for that.'
    : `This needs the ${server} server, which is not connected.`
}

type Call = Extract<CommandMove, { kind: 'call' }>

function callOf(command: Command): Call | null {
  switch (command.kind) {
    case 'find':
      return { kind: 'call', tool: 'netbox_find_item', input: { text: command.text } }
    case 'show':
      return { kind: 'call', tool: 'netbox_get_item', input: { item: command.what } }
    case 'change':
      return {
        kind: 'call',
        tool: 'netbox_propose_change',
        input: { tag: command.tag, fields: command.fields },
      }
    case 'undo':
      return { kind: 'call', tool: 'netbox_undo_change', input: { what: command.what } }
    case 'place':
      return {
        kind: 'call',
        tool: 'netbox_suggest_place',
        input: { thing: command.thing, ...(command.near === null ? {} : { near: command.near }) },
      }
    case 'ip-plan':
      return {
        kind: 'call',
        tool: 'netbox_check_ip_plan',
        input: command.prefix === null ? {} : { prefix: command.prefix },
      }
    case 'queue':
      return { kind: 'call', tool: 'netbox_queue_state', input: {} }
    case 'printers':
      return { kind: 'call', tool: 'devices_list_printers', input: {} }
    case 'devices':
      return { kind: 'call', tool: 'devices_list_devices', input: {} }
    case 'console':
      return {
        kind: 'call',
        tool: 'devices_identify_console',
        input: command.place === null ? {} : { place: command.place },
      }
    case 'meter':
      return {
        kind: 'call',
        tool: 'devices_read_meter',
        input: command.seconds === null ? {} : { seconds: command.seconds },
      }
    case 'cable-tests':
      return {
        kind: 'call',
        tool: 'devices_cable_tests',
        input: {
          ...(command.tag === null ? {} : { tag: command.tag }),
          ...(command.most === null ? {} : { most: command.most }),
        },
      }
    case 'jobs':
      return { kind: 'call', tool: 'devices_print_jobs', input: {} }
    case 'print':
      return { kind: 'call', tool: 'devices_print_label', input: { tag: command.tag } }
    case 'remember':
      return { kind: 'call', tool: 'hwlab_remember', input: { sentence: command.text } }
    case 'search':
      return { kind: 'call', tool: 'searxng_search_web', input: { query: command.text } }
    default:
      return null
  }
}

const printersSchema = z.object({ printers: z.array(z.object({ printer_id: z.string(), name: z.string() })) })

/** People say a printer's name, or a piece of it; the tool wants its id. */
function printerCalled(
  words: string,
  steps: StepDone[],
): { kind: 'not-asked' } | { kind: 'none'; why: string } | { kind: 'found'; printerId: string } {
  const listed = steps.find((step) => step.tool === 'devices_list_printers')
  if (!listed) return { kind: 'not-asked' }
  const parsed = printersSchema.safeParse(parsedJson(listed.text))
  const wanted = words.trim().toLowerCase()
  const fitting = (parsed.success ? parsed.data.printers : []).filter(
    ({ printer_id, name }) => printer_id.toLowerCase() === wanted || name.toLowerCase().includes(wanted),
  )
  const [first, second] = fitting
  if (first && !second) return { kind: 'found', printerId: first.printer_id }
  const why = first ? 'More than one printer fits that name' : 'No printer fits that name'
  return { kind: 'none', why: `${why}. \`printers\` lists them.` }
}

async function plainAnswer(command: Command, world: CommandWorld): Promise<string> {
  if (command.kind === 'help') {
    return [
      'Send one to three photos of a label to start an intake, or type one of these:',
      '',
      ...helpLines,
    ].join('\n')
  }
  if (command.kind === 'incomplete')
    return `Something is missing. It is written like this: \`${command.usage}\``
  if (command.kind === 'remembered') {
    const lines = world.remembered().map((text) => `- \`${text.replaceAll('`', "'")}\``)
    return lines.join('\n') || 'Nothing yet. Write `remember that …`, and I ask you on a card.'
  }
  if (command.kind === 'connections') {
    const lines = (await world.connections()).map(
      ({ name, stateWords, fix }) => `- **${name}**: ${stateWords}${fix ? ` (${fix})` : ''}`,
    )
    return lines.join('\n') || 'Nothing is connected yet.'
  }
  return [
    'Commands cannot answer free text; a model could. Send a photo of a label, or type one of these:',
    '',
    ...helpLines,
  ].join('\n')
}

/** Read from what `start_intake` answers; anything missing means that a person looks first. */
const startedSchema = z.object({
  item_id: z.string(),
  may_propose: z.boolean().default(false),
  next_action: z.string().default('Look at the card.'),
})

function intake(input: Record<string, unknown>, steps: StepDone[], world: CommandWorld): CommandMove {
  if (!world.hasTool('netbox_start_intake')) {
    return say('The netbox server is not connected, so no intake can start.')
  }
  const started = steps.find((step) => step.tool === 'netbox_start_intake')
  if (!started) return { kind: 'call', tool: 'netbox_start_intake', input }
  const proposed = steps.find((step) => step.tool === 'netbox_propose_record')
  if (proposed) return say(sayResult(proposed.tool, proposed.text))
  const item = startedSchema.safeParse(parsedJson(started.text))
  if (!item.success) return say(sayResult(started.tool, started.text))
  const { item_id, may_propose, next_action } = item.data
  if (may_propose && world.hasTool('netbox_propose_record'))
    return { kind: 'call', tool: 'netbox_propose_record', input: { item_id, print: true } }
  return say(next_action)
}

function noteOf(note: string): { note?: string } {
  return note === '' ? {} : { note: note.slice(0, 2000) }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
