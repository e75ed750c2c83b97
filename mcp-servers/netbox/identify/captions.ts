/** What a caption on a label announces. `ignored` values are never a serial, whatever they look like. */
export type CaptionMeaning =
  | 'serial'
  | 'service-tag'
  | 'express-code'
  | 'part_number'
  | 'model'
  | 'mac_address'
  | 'other-mac'
  | 'fcc_id'
  | 'manufacturer'
  | 'ignored'

export interface CaptionSpan {
  meaning: CaptionMeaning
  /** As printed, without separators: "S/N", "Serial No." */
  caption: string
  start: number
  end: number
}

/** `sure` ones stand anywhere in a line; the others only where a value begins: at its start or before a separator. */
interface CaptionRule {
  meaning: CaptionMeaning
  pattern: string
  sure?: true
}

const number = '(?:no|nr|num|number|#|n[°º])\\.?'

const rules: CaptionRule[] = [
  {
    meaning: 'ignored',
    pattern: 'reg(?:ulatory)?\\.?\\s*(?:model|type)(?:\\s*(?:no|name|number|id))?\\.?',
    sure: true,
  },
  { meaning: 'ignored', pattern: 'contains\\s*(?:tx\\s*)?fcc\\s*id', sure: true },
  { meaning: 'ignored', pattern: '(?:imei|meid|esn|iccid|eid)\\s*\\d?' },
  { meaning: 'ignored', pattern: '(?:ean|upc|gtin|jan|isbn)(?:[-\\s]?\\d{1,2})?' },
  { meaning: 'ignored', pattern: '(?:qty|quantity|menge|pcs)' },
  {
    meaning: 'ignored',
    pattern: '(?:date(?:\\s*code)?|d/c|mfg\\.?\\s*date|mfd|dom|manufacture(?:d|\\s*date)|prod\\.?\\s*date)',
  },
  {
    meaning: 'ignored',
    pattern: '(?:rev(?:ision)?|ver(?:sion)?|h/?w|f/?w|hvin|fvin|pmn|vid|clei|psid|ct|lot|batch|config)\\.?',
  },
  { meaning: 'ignored', pattern: '(?:wwn|wwpn|wwid|guid|eui|uuid)' },
  {
    meaning: 'ignored',
    pattern:
      '(?:ssid|wi-?fi\\s*(?:name|key|password)|password|passwort|pass|wpa2?(?:\\s*key)?|pin|user(?:name)?|login|key)',
  },
  { meaning: 'ignored', pattern: '(?:ic|cmiit\\s*id|ce|ncc|kcc|anatel|ifetel|input|output|rating|power|po)' },
  { meaning: 'ignored', pattern: '(?:asset|inventory)\\s*(?:tag|no|id|number|#)\\.?' },
  { meaning: 'express-code', pattern: 'express\\s*service\\s*code', sure: true },
  { meaning: 'express-code', pattern: 'express\\s*(?:svc\\s*)?code', sure: true },
  { meaning: 'service-tag', pattern: '(?:service|svc)\\s*tag(?:\\s*\\(?s/n\\)?)?', sure: true },
  {
    meaning: 'serial',
    pattern: `(?:device|system|product|chassis|unit|prod\\.?)?\\s*ser(?:ial|ie|ien)?\\.?\\s*-?\\s*(?:${number}|nummer)`,
    sure: true,
  },
  { meaning: 'serial', pattern: 'n[°º]\\s*(?:de\\s*)?s[ée]rie', sure: true },
  { meaning: 'serial', pattern: '(?:serial|seriennummer)' },
  { meaning: 'serial', pattern: '[s5]\\s?[/\\\\|]\\s?n(?:o\\.?)?', sure: true },
  { meaning: 'serial', pattern: '(?:sn|s\\.n\\.)' },
  { meaning: 'serial', pattern: 's[il1]n(?=\\s*(?:[:#]|$))' },
  {
    meaning: 'part_number',
    pattern: '(?:mfr\\.?\\s*|d|oem\\s*|hp\\s*|spare\\s*)?p\\s?[/\\\\|]\\s?n(?:o\\.?)?',
    sure: true,
  },
  { meaning: 'part_number', pattern: '(?:pn|mpn|sku|mtm|mt-m|assy)' },
  { meaning: 'part_number', pattern: 'p[il1]n(?=\\s*(?:[:#]|$))' },
  { meaning: 'part_number', pattern: `(?:spare\\s*)?part\\s*${number}`, sure: true },
  {
    meaning: 'part_number',
    pattern: `(?:product|prod\\.?|item|art(?:icle)?\\.?|order(?:ing)?)\\s*${number}`,
    sure: true,
  },
  { meaning: 'part_number', pattern: '(?:machine\\s*type(?:\\s*model)?|product\\s*id|type(?=\\s*:))' },
  { meaning: 'model', pattern: `model(?:\\s*(?:${number}|name|id))?` },
  {
    meaning: 'model',
    pattern: '(?:modell|modelo|modèle|mod\\.|mdl|product\\s*name|product(?=\\s*[:#])|pid)',
  },
  { meaning: 'model', pattern: 'm\\s?[/\\\\|]\\s?n(?:o\\.?)?', sure: true },
  {
    meaning: 'other-mac',
    pattern:
      '(?:wi-?fi|wlan|wireless|bt|bluetooth|bmc|ipmi|idrac|ilo|oob|mgmt|2\\.4\\s?g(?:hz)?|5\\s?g(?:hz)?)\\s*mac(?:\\s*(?:id|addr(?:ess)?\\.?))?',
    sure: true,
  },
  {
    meaning: 'mac_address',
    pattern:
      'eth(?:ernet)?\\s*(?:id|addr(?:ess)?)|(?:(?:lan|eth(?:ernet)?\\s?\\d?|wan|base|system|nic\\s?\\d?)\\s*)?mac(?:\\s*(?:id|addr(?:ess)?\\.?|no\\.?|0?1))?',
    sure: true,
  },
  { meaning: 'other-mac', pattern: 'mac\\s*(?:0?[2-9]|\\d\\d)' },
  { meaning: 'fcc_id', pattern: 'fcc\\s*(?:id|1d|ld|i0)', sure: true },
  {
    meaning: 'manufacturer',
    pattern: '(?:manufacturer|manufactured\\s*by|mfr|made\\s*by|vendor|brand|hersteller)',
  },
]

const compiled = rules.map(({ meaning, pattern, sure }) => ({
  meaning,
  sure: sure === true,
  expression: new RegExp(`(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`, 'gi'),
}))

const separatorAfter = /^\s*[:#=]/
/** A line's beginning may carry specks that the reader took for marks. */
const valueStart = /(?:^[^A-Za-z0-9]*|[|;,)\]]|\s{2,})\s*[([*•]?$/

/** The captions in one line, left to right, without overlaps; the longest wins. */
export function findCaptions(text: string): CaptionSpan[] {
  const spans = compiled.flatMap(({ meaning, sure, expression }) =>
    [...text.matchAll(expression)].flatMap((match): CaptionSpan[] => {
      const start = match.index + (match[0].length - match[0].trimStart().length)
      const end = match.index + match[0].length
      const stands = sure || separatorAfter.test(text.slice(end)) || valueStart.test(text.slice(0, start))
      return stands ? [{ meaning, caption: text.slice(start, end).trim(), start, end }] : []
    }),
  )
  spans.sort((one, other) => other.end - other.start - (one.end - one.start) || one.start - other.start)
  const chosen: CaptionSpan[] = []
  for (const span of spans)
    if (chosen.every((other) => span.end <= other.start || span.start >= other.end)) chosen.push(span)
  return chosen.sort((one, other) => one.start - other.start)
}

/** The text of a caption's value inside its own line, without separators. */
export function valueAfter(text: string, span: CaptionSpan, next: CaptionSpan | undefined): string {
  return text
    .slice(span.end, next?.start ?? text.length)
    .replace(/^[\s:;#.=|*_~-]+/, '')
    .replace(/[\s:;|(*_~-]+$/, '')
}
