/** A call that was not sent because of money. Nothing was spent on it. */
export class SpendRefused extends Error {
  readonly kind: 'off' | 'cap' | 'unknown-price'
  /** Completes "The model was asked first, but …"; then what would help. No full stop at the end. */
  readonly words: string

  constructor(kind: SpendRefused['kind'], words: string) {
    super(words)
    this.name = 'SpendRefused'
    this.kind = kind
    this.words = words
  }
}
