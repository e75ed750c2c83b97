import { useEffect, useState } from 'react'
import type { LiveRow, MeterFrame } from '../../../agent/protocol/meters.ts'
import { useConnection, useLab } from '../../use-lab.ts'
import { withRows } from './live-columns.ts'

export interface LiveMeter {
  rows: LiveRow[]
  latest: MeterFrame['latest']
  energy: MeterFrame['energy'] | null
  /** When the last frame came, by the clock of this page. */
  cameAtMs: number | null
  refusal: string | null
}

const nothing: LiveMeter = { rows: [], latest: null, energy: null, cameAtMs: null, refusal: null }

/** Looks at a meter as long as the component is shown, and again when a lost connection is back. */
export function useLiveMeter(key: string): LiveMeter {
  const connection = useConnection()
  const isOnline = useLab((lab) => lab.link === 'online')
  const [live, setLive] = useState<LiveMeter>(nothing)
  useEffect(() => {
    if (!isOnline) return
    const stopFrames = connection.onMeterFrame((frame) => {
      if (frame.key !== key) return
      const { latest, energy } = frame
      setLive((before) => ({
        ...before,
        ...{ latest, energy, cameAtMs: Date.now(), rows: withRows(before.rows, frame.rows) },
      }))
    })
    void connection.request('meter-watch', { key, watching: true }).then((answer) => {
      if (answer.kind === 'refused') setLive({ ...nothing, refusal: answer.why })
      else
        setLive((before) => ({
          ...before,
          refusal: null,
          rows: before.rows.length > 0 ? before.rows : answer.value.history,
        }))
    })
    return () => {
      stopFrames()
      void connection.request('meter-watch', { key, watching: false })
    }
  }, [connection, isOnline, key])
  return live
}
