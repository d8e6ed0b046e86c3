/** A file inside an archive that cannot be read to its end; the reader of lines or JSON turns it into a problem. */
export class BrokenFile extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'BrokenFile'
  }
}
