/** `undefined` for what is not JSON: a schema refuses that, so one check serves both. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
