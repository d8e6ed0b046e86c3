import { describe, expect, it } from 'vitest'
import { Toasts } from './toasts.ts'

function setup() {
  const timers: { run: () => void; ms: number }[] = []
  const toasts = new Toasts((run, ms) => timers.push({ run, ms }))
  return { toasts, timers, words: () => toasts.list.get().map((toast) => toast.words) }
}

describe('toasts', () => {
  it('go away by themselves, later when they can be undone', () => {
    const { toasts, timers, words } = setup()
    toasts.show('Muted')
    toasts.show('Removed Bob', { action: { label: 'Undo', run: () => undefined } })
    expect(timers[1]?.ms).toBeGreaterThan(timers[0]?.ms ?? Infinity)
    timers[0]?.run()
    expect(words()).toEqual(['Removed Bob'])
  })

  it('never cover the screen: the oldest makes room', () => {
    const { toasts, words } = setup()
    for (const text of ['a', 'b', 'c', 'd']) toasts.show(text)
    expect(words()).toEqual(['b', 'c', 'd'])
  })

  it('keep what has to be answered until it is', () => {
    const { toasts, timers, words } = setup()
    toasts.show('A new version is ready', { stays: true })
    for (const text of ['a', 'b', 'c', 'd']) toasts.show(text)
    for (const timer of timers) timer.run()
    expect(words()).toEqual(['A new version is ready'])
    toasts.dismiss(1)
    expect(words()).toEqual([])
  })

  it('tell nobody about a toast that was already dismissed', () => {
    const { toasts, timers } = setup()
    toasts.show('a')
    toasts.dismiss(1)
    let calls = 0
    toasts.list.subscribe(() => (calls += 1))
    timers[0]?.run()
    expect(calls).toBe(0)
  })
})
