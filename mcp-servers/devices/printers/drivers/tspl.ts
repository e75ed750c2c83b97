import { rollPrinterDriver } from '../roll-printer.ts'
import { tsplModels } from '../tspl/models.ts'
import { tsplConversation } from '../tspl/print-conversation.ts'

export default rollPrinterDriver({ driver: 'tspl', models: tsplModels, conversation: tsplConversation })
