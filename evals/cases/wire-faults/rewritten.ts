import type { TrialFile } from '../../trial.ts'
import { type FaultRow, faultTrial } from '../../worlds/fault-trial.ts'

const rewritten = (words: string, rewrite: (body: string) => string): FaultRow => [
  words,
  { kind: 'rewritten', rewrite },
]
const inner = (body: string, event: string) => body.replace('\n\n', `\n\n${event}`)

/** Each was seen on some server; the reports are beside the rows of test/agent/models/armour. */
const rows: FaultRow[] = [
  rewritten('no [DONE]', (body) => body.replace('data: [DONE]', '')),
  rewritten('no finish reason', (body) => body.replaceAll(/"finish_reason":"\w+"/g, '"finish_reason":null')),
  rewritten('“stop” after a call', (body) =>
    body
      .replaceAll('"tool_calls"}', '"stop"}')
      .replaceAll('"finish_reason":"tool_calls"', '"finish_reason":"stop"'),
  ),
  rewritten('“length” as finish reason', (body) =>
    body.replaceAll(/"finish_reason":"\w+"/g, '"finish_reason":"length"'),
  ),
  rewritten('“content_filter” as finish reason', (body) =>
    body.replaceAll(/"finish_reason":"\w+"/g, '"finish_reason":"content_filter"'),
  ),
  rewritten('“error” as finish reason', (body) =>
    body.replaceAll(/"finish_reason":"\w+"/g, '"finish_reason":"error"'),
  ),
  rewritten('an error in the middle', (body) =>
    inner(body, 'data: {"error":{"code":500,"message":"secret-detail","type":"server_error"}}\n\n'),
  ),
  rewritten('a line that is not JSON', (body) => inner(body, 'data: {not json\n\n')),
  rewritten('comments between the events', (body) =>
    body.replaceAll('\n\n', '\n\n: OPENROUTER PROCESSING\n\n'),
  ),
  rewritten('lines that end as on Windows', (body) => body.replaceAll('\n', '\r\n')),
  rewritten('every event of a call twice', (body) =>
    body.replaceAll(/data: \{.*tool_calls.*\}\n\n/g, (event) => event + event),
  ),
  rewritten('arguments that are not JSON', (body) => body.replaceAll('{\\"', '{{\\"')),
  rewritten('a tool that is not there', (body) => body.replaceAll(/netbox_\w+/g, 'netbox_do_it')),
  rewritten('a tool in capitals', (body) => body.replaceAll(/netbox_(\w+)/g, (name) => name.toUpperCase())),
  rewritten('no usage', (body) => body.replaceAll(/"usage":\{[^}]*\{[^}]*\}\}/g, '"usage":null')),
  rewritten('markup of the model’s own after the text', (body) =>
    body.replaceAll('."}', '.<|channel>thought"}'),
  ),
  rewritten('empty events', (body) => body.replaceAll('\n\n', '\n\ndata: {"choices":[]}\n\n')),
]

export default {
  name: 'rewritten',
  trials: [
    ...rows.map(faultTrial),
    {
      name: 'a line that puts other words into the model’s mouth is seen',
      mustFail: 'the number is another one, and nothing on the wire tells',
      run() {
        const other = rewritten('another number', (body) => body.replaceAll('JW', 'XX'))
        return faultTrial(other).run()
      },
    },
  ],
} satisfies TrialFile
