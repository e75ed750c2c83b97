import { randomUUID } from 'node:crypto'
import type { Release } from './release.ts'

export type Wrong = { kind: 'wrong'; response: Response }

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers: { 'x-request-id': randomUUID(), ...headers } })
}

export function page(status: number, title: string): Response {
  return new Response(`<!DOCTYPE html><title>${title}</title><h1>${title}</h1>`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}

/** NetBox's answer to an exception that nothing caught. */
export function exception({ version }: Release, name: string, error: string): Response {
  return json(500, { error, exception: name, netbox_version: version, python_version: '3.12.3' })
}

/** Errors that belong to no field. */
export function overall(message: string): Record<string, unknown> {
  return { __all__: [message] }
}
