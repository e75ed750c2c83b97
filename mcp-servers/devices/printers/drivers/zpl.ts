import { rollPrinterDriver } from '../roll-printer.ts'
import { zplModels } from '../zpl/models.ts'
import { zplConversation } from '../zpl/print-conversation.ts'

export default rollPrinterDriver({ driver: 'zpl', models: zplModels, conversation: zplConversation })
