import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'

/** Lets one request through after the other, in the order in which they came. */
export interface Gate {
  /** Resolves when it is this one's turn; the returned function lets the next one in. Rejects when `signal` aborts first. */
  enter(signal: AbortSignal | undefined): Promise<() => void>
}

export function openGate(): Gate {
  let last: Promise<void> = Promise.resolve()
  return {
    async enter(signal) {
      const turn = last
      const left = Promise.withResolvers<void>()
      last = turn.then(() => left.promise)
      const gaveUp = Promise.withResolvers<never>()
      const giveUp = () => gaveUp.reject(signal?.reason)
      signal?.addEventListener('abort', giveUp, { once: true })
      try {
        signal?.throwIfAborted()
        await Promise.race([turn, gaveUp.promise])
        return left.resolve
      } catch (error) {
        left.resolve()
        throw error
      } finally {
        signal?.removeEventListener('abort', giveUp)
      }
    },
  }
}

/** A small machine answers two requests at once slower than one after the other: the next call waits until an answer has ended. */
export function oneAtATime(model: LanguageModelV4, gate: Gate): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    async doGenerate(options) {
      const leave = await gate.enter(options.abortSignal)
      try {
        return await model.doGenerate(options)
      } finally {
        leave()
      }
    },
    async doStream(options) {
      const leave = await gate.enter(options.abortSignal)
      options.abortSignal?.addEventListener('abort', leave, { once: true })
      try {
        const result = await model.doStream(options)
        return { ...result, stream: followed(result.stream, leave) }
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}

function followed(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  leave: () => void,
): ReadableStream<LanguageModelV4StreamPart> {
  const reader = stream.getReader()
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await reader.read()
        if (next.done) controller.close()
        else controller.enqueue(next.value)
        if (next.done || next.value.type === 'finish') leave()
      } catch (error) {
        leave()
        controller.error(error)
      }
    },
    cancel(reason) {
      leave()
      return reader.cancel(reason)
    },
  })
}
