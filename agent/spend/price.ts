import type { Price } from '../models/model-entry.ts'
import type { CallSize } from './size-of-call.ts'
import { picoUsd, usdWords } from './usd.ts'

function tokensCost(tokens: number, usdPerMillion: number): number {
  return Math.ceil(tokens * picoUsdPerToken(usdPerMillion))
}

function picoUsdPerToken(usdPerMillion: number): number {
  return picoUsd(usdPerMillion) / 1_000_000
}

/** Pico-USD for what is sent, at most. */
export function inputCostAtMost(price: Price, size: CallSize): number {
  return (
    tokensCost(size.tokensAtMost, price.inputUsdPerMillion) +
    size.images * picoUsd(price.imageUsd) +
    picoUsd(price.requestUsd ?? 0)
  )
}

export function outputCost(price: Price, tokens: number): number {
  return tokensCost(tokens, price.outputUsdPerMillion)
}

/** How many output tokens the money pays for; as many as wanted where they are free. */
export function outputTokensFor(price: Price, pico: number, wanted: number): number {
  const each = picoUsdPerToken(price.outputUsdPerMillion)
  return each === 0 ? wanted : Math.max(0, Math.min(wanted, Math.floor(pico / each)))
}

/** What a call costs whose tokens the server reported, but not its price. Pico-USD. */
export function costOfTokens(
  price: Price,
  tokens: { input: number; output: number; images: number },
): number {
  return (
    tokensCost(tokens.input, price.inputUsdPerMillion) +
    tokensCost(tokens.output, price.outputUsdPerMillion) +
    tokens.images * picoUsd(price.imageUsd) +
    picoUsd(price.requestUsd ?? 0)
  )
}

export function isSamePrice(one: Price, other: Price): boolean {
  return (
    one.inputUsdPerMillion === other.inputUsdPerMillion &&
    one.outputUsdPerMillion === other.outputUsdPerMillion &&
    one.imageUsd === other.imageUsd &&
    (one.requestUsd ?? 0) === (other.requestUsd ?? 0)
  )
}

/** "$0.10 in, $0.40 out per million tokens" */
export function priceWords(price: Price): string {
  const { inputUsdPerMillion, outputUsdPerMillion, imageUsd, requestUsd } = price
  if (inputUsdPerMillion === 0 && outputUsdPerMillion === 0 && !imageUsd && !requestUsd) return 'free'
  const tokens = `${usdWords(picoUsd(inputUsdPerMillion))} in, ${usdWords(picoUsd(outputUsdPerMillion))} out per million tokens`
  const picture = imageUsd ? `, ${usdWords(picoUsd(imageUsd))} per picture` : ''
  const call = requestUsd ? `, ${usdWords(picoUsd(requestUsd))} per call` : ''
  return `${tokens}${picture}${call}`
}
