/** Why the process does not start, in one sentence for whoever started it. */
export class StartError extends Error {
  constructor(words: string, options?: ErrorOptions) {
    super(words, options)
    this.name = 'StartError'
  }
}
