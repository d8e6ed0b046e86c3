import type { Random } from '../random.ts'
import type { Device } from './device.ts'
import type { World } from './world.ts'

/** Of those whose device runs and is signed in. */
export function someone(world: World, random: Random): Device | null {
  const running = world.devices.filter((device) => device.signedIn)
  return running.length === 0 ? null : random.oneOf(running)
}
