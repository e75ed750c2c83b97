/** What is sent; an answer has the number in `answers`. Rows are not answered. Source: niimbluelib `commands.ts`. */
export const commands = {
  connect: 0xc1,
  info: 0x40,
  heartbeat: 0xdc,
  density: 0x21,
  labelType: 0x23,
  printStart: 0x01,
  printClear: 0x20,
  pageStart: 0x03,
  pageSize: 0x13,
  quantity: 0x15,
  blankRows: 0x84,
  row: 0x85,
  checkLine: 0x86,
  pageEnd: 0xe3,
  printStatus: 0xa3,
  printEnd: 0xf3,
} as const

export const answers = {
  connect: 0xc2,
  model: 0x48,
  heartbeat: 0xdd,
  density: 0x31,
  labelType: 0x33,
  printStart: 0x02,
  printClear: 0x30,
  pageStart: 0x04,
  pageSize: 0x14,
  quantity: 0x16,
  checkLine: 0xd3,
  pageEnd: 0xe4,
  printStatus: 0xb3,
  printEnd: 0xf4,
  pageIndex: 0xe0,
  error: 0xdb,
} as const

export const infoModel = 8
