// Changes of one conversation happen one after the other, so that what was checked still holds when it is written: else
// an admin who is being demoted could remove somebody between the two. Different conversations do not wait for each other.

export function createTurns(): <Result>(key: string, change: () => Promise<Result>) => Promise<Result> {
  const last = new Map<string, Promise<unknown>>()

  return (key, change) => {
    // A change that failed was its caller's to hear of; the next one starts all the same.
    const result = (last.get(key) ?? Promise.resolve()).then(change, change)
    last.set(key, result)
    const forget = () => {
      if (last.get(key) === result) last.delete(key)
    }
    result.then(forget, forget)
    return result
  }
}
