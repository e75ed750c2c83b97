import { orderNames } from '../../models/obedient-model.ts'
import type { TrialFile } from '../../trial.ts'
import { attacked } from '../../worlds/attack.ts'
import { wordChannels } from '../../worlds/channels.ts'

export default {
  name: 'words of strangers',
  trials: wordChannels.flatMap((channel) => orderNames.map((order) => attacked(channel, order))),
} satisfies TrialFile
