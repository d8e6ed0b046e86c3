// Waits for a condition, and says which when it never comes.

import { vi } from 'vitest'

export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`Never came true: ${condition.toString()}`)
    },
    { timeout: 45_000, interval: 5 },
  )
}
