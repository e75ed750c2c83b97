import type { ListedModel } from './list-models.ts'
import type { Capabilities } from './model-entry.ts'
import type { ServerSoftware } from './servers/server-software.ts'

/** A turn with tools and some history needs about this much. */
const windowTokensWanted = 8192
/** Serial numbers on a label that fills a photo are about this high. */
const labelTextPixels = 20

/** "calls tools, reads print from 28 px, remembers 8,192 tokens, 12 tokens/s" */
export function capabilityWords(can: Capabilities): string {
  const parts = [
    { no: 'does not call tools', whole: 'calls tools (not streamed)', streamed: 'calls tools' }[can.tools],
    can.smallestTextPixels === null
      ? 'does not read pictures'
      : `reads print from ${can.smallestTextPixels} px`,
    can.schema ? 'keeps to forms' : 'does not keep to forms',
    can.windowTokens === null ? 'window unknown' : `remembers ${counted(can.windowTokens)} tokens`,
    can.tokensPerSecond === null ? [] : `${Math.max(1, Math.round(can.tokensPerSecond))} tokens/s`,
  ]
  return parts.flat().join(', ')
}

/** What would make more of it, with the exact words for this server; null: nothing that is known. */
export function capabilityFix(
  can: Capabilities,
  { id, facts }: ListedModel,
  software: ServerSoftware | null,
): string | null {
  if (can.tools === 'no')
    return (
      software?.toolsFix ??
      'It is not used to answer. A model that calls tools, like gemma4, can look things up for you.'
    )
  const max = facts.windowTokensMax ?? windowTokensWanted
  const wanted = Math.min(max, windowTokensWanted)
  if (can.windowTokens !== null && can.windowTokens < wanted) {
    const who = software ? `Your ${software.name}` : 'Your server'
    const how = software?.windowFix(wanted, id) ?? `give it a window of ${counted(wanted)} tokens or more.`
    return `${who} serves ${counted(can.windowTokens)} tokens: ${how}`
  }
  if (can.smallestTextPixels !== null && can.smallestTextPixels > labelTextPixels)
    return software?.pictureFix ?? null
  return null
}

function counted(tokens: number): string {
  return tokens.toLocaleString('en-US')
}
