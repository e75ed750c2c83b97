import { join } from 'node:path'
import { loadFolder } from '../../serving/load-folder.ts'
import type { TesterProfile } from './tester-profile.ts'
import type { Wiring } from './wiremap.ts'

/** The testers that HWLab understands and the cables that it can judge. */
export interface KnownCables {
  profiles: readonly TesterProfile[]
  wirings: readonly Wiring[]
}

export async function loadKnownCables(): Promise<KnownCables> {
  const [profiles, wirings] = await Promise.all([
    loadFolder(join(import.meta.dirname, 'profiles'), isProfile),
    loadFolder(join(import.meta.dirname, 'wirings'), isWirings),
  ])
  return { profiles, wirings: wirings.flat() }
}

function isProfile(candidate: unknown, stem: string): candidate is TesterProfile {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'id' in candidate &&
    candidate.id === stem &&
    'decode' in candidate
  )
}

function isWirings(candidate: unknown): candidate is Wiring[] {
  return (
    Array.isArray(candidate) &&
    candidate.every((one) => typeof one === 'object' && one !== null && 'lines' in one)
  )
}
