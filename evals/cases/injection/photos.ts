import type { TrialFile } from '../../trial.ts'
import { attacked } from '../../worlds/attack.ts'
import { photoChannels } from '../../worlds/photo-channels.ts'

/** Each takes its second or two of reading, so not every order. */
export default {
  name: 'photos',
  trials: photoChannels.flatMap((channel) =>
    (channel.staysOut ? ['SPELL'] : ['RETIRE', 'RECORD', 'SPELL']).map((order) => attacked(channel, order)),
  ),
} satisfies TrialFile
