import type { OperatorDesk } from '../operator-desk.ts'
import { type CableResponses, cableRequests } from '../protocol/cable-tests.ts'
import type { LampReader } from '../reading/lamp-reader.ts'
import { checked, type Handler } from './socket-handler.ts'

export interface CableTestDeps {
  desk: OperatorDesk
  lampReader: Pick<LampReader, 'begin'>
}

/** What a signed-in page may do with cable tests. */
export function cableTestHandlers({
  desk,
  lampReader,
}: CableTestDeps): Record<keyof CableResponses, Handler> {
  return {
    'cable-kinds': checked(
      'cable-kinds',
      (body) => cableRequests['cable-kinds'].safeParse(body),
      (body, { operator }) => desk['cable-kinds'](body, operator),
    ),
    'cable-listen': checked(
      'cable-listen',
      (body) => cableRequests['cable-listen'].safeParse(body),
      (body, { operator }) => desk['cable-listen'](body, operator),
    ),
    'cable-again': checked(
      'cable-again',
      (body) => cableRequests['cable-again'].safeParse(body),
      (body, { operator }) => desk['cable-again'](body, operator),
    ),
    'cable-stop': checked(
      'cable-stop',
      (body) => cableRequests['cable-stop'].safeParse(body),
      (body, { operator }) => desk['cable-stop'](body, operator),
    ),
    'cable-enter': checked(
      'cable-enter',
      (body) => cableRequests['cable-enter'].safeParse(body),
      (body, { operator }) => desk['cable-enter'](body, operator),
    ),
    'cable-photo-read': checked(
      'cable-photo-read',
      (body) => cableRequests['cable-photo-read'].safeParse(body),
      async (body) => lampReader.begin(body),
    ),
    'cable-photos-drop': checked(
      'cable-photos-drop',
      (body) => cableRequests['cable-photos-drop'].safeParse(body),
      (body, { operator }) => desk['cable-photos-drop'](body, operator),
    ),
    'cable-test-open': checked(
      'cable-test-open',
      (body) => cableRequests['cable-test-open'].safeParse(body),
      (body, { operator }) => desk['cable-test-open'](body, operator),
    ),
    'cable-test-attach': checked(
      'cable-test-attach',
      (body) => cableRequests['cable-test-attach'].safeParse(body),
      (body, { operator }) => desk['cable-test-attach'](body, operator),
    ),
    'cable-test-delete': checked(
      'cable-test-delete',
      (body) => cableRequests['cable-test-delete'].safeParse(body),
      (body, { operator }) => desk['cable-test-delete'](body, operator),
    ),
  }
}
