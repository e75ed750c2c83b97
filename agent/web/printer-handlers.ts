import type { OperatorDesk } from '../operator-desk.ts'
import { type PrinterResponses, printerRequests } from '../protocol/printers.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may say of a printer. */
export function printerHandlers(desk: OperatorDesk): Record<keyof PrinterResponses, Handler> {
  return {
    'print-job-act': checked(
      'print-job-act',
      (body) => printerRequests['print-job-act'].safeParse(body),
      (body, { operator }) => desk['print-job-act'](body, operator),
    ),
    'printer-media': checked(
      'printer-media',
      (body) => printerRequests['printer-media'].safeParse(body),
      (body, { operator }) => desk['printer-media'](body, operator),
    ),
  }
}
