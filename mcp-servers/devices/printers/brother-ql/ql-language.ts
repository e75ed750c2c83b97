import type { LabelMedia } from '../../labels/label-media.ts'
import type { PrinterLanguage } from '../line-printer.ts'
import type { QlModel } from './models.ts'
import { askQlState, printQlLabel } from './print-conversation.ts'

/** `takesAnyRoll`: the label is laid out for whatever roll the printer says that it has. */
export function qlLanguage(model: QlModel, media: LabelMedia, takesAnyRoll: boolean): PrinterLanguage {
  let current = media
  const chooseMedia = (loaded: LabelMedia | null) => {
    if (takesAnyRoll && loaded) current = loaded
    return current
  }
  return {
    media: () => current,
    state: (line) => askQlState({ ...line, model, chooseMedia }),
    print: (line, draw, sending) => printQlLabel({ ...line, model, chooseMedia }, draw, sending),
    lost() {},
  }
}
