/**
 * Every line that HWLab ever types into a console by itself, and the only ones: they show, or switch paging off for this
 * session. Anything else is a person's, or needs a person's approval.
 */
export const readOnlyCommands = [
  'terminal length 0',
  'terminal pager 0',
  'no page',
  'set cli screen-length 0',
  'show version',
  'show inventory',
  'admin show inventory',
  'show system',
  'show modules',
  'show chassis hardware',
  '/system routerboard print without-paging',
  '/system resource print without-paging',
] as const

export type ReadOnlyCommand = (typeof readOnlyCommands)[number]
