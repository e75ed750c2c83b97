const marks: [string, string[]][] = [
  ['␝', ['\u001d', '<GS>', '{GS}']],
  ['␞', ['\u001e', '<RS>', '{RS}']],
  ['␄', ['\u0004', '<EOT>', '{EOT}']],
]

/** A code's text with its group, record and end separators as visible marks, however the reader spelled them. */
export function markSeparators(text: string): string {
  return marks.reduce(
    (marked, [mark, spellings]) => spellings.reduce((so, spelling) => so.replaceAll(spelling, mark), marked),
    text,
  )
}
