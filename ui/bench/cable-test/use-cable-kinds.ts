import { useEffect, useState } from 'react'
import type { CableKinds } from '../../../agent/protocol/cable-tests.ts'
import { useAsking } from '../../use-asking.ts'

/** The testers and cables that HWLab knows; null until they are here. */
export function useCableKinds(): { kinds: CableKinds | null; refusal: string | null } {
  const { ask, refusal } = useAsking()
  const [kinds, setKinds] = useState<CableKinds | null>(null)
  useEffect(() => {
    let isGone = false
    void ask('cable-kinds', {}).then((answer) => {
      if (answer.kind === 'ok' && !isGone) setKinds(answer.value)
    })
    return () => {
      isGone = true
    }
  }, [ask])
  return { kinds, refusal }
}
