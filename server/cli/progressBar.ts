// How far a long command is: a bar where there is a terminal, a line now and then where there is none.

import { Presets, SingleBar } from 'cli-progress'

export type ProgressBar = {
  update(part: number, words: string): void
  stop(): void
}

export function createProgressBar(stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  return stream.isTTY ? drawnBar(stream) : plainLines(stream)
}

function drawnBar(stream: NodeJS.WriteStream): ProgressBar {
  const bar = new SingleBar({ format: '{bar} {percentage}%  {words}', barsize: 24, hideCursor: true, clearOnComplete: true, stream }, Presets.shades_classic)
  bar.start(STEPS, 0, { words: '' })
  return {
    update: (part, words) => bar.update(Math.round(part * STEPS), { words }),
    stop: () => bar.stop(),
  }
}

function plainLines(stream: NodeJS.WriteStream): ProgressBar {
  let next = performance.now() + PLAIN_EVERY_MS
  return {
    update(part, words) {
      if (performance.now() < next) return
      next = performance.now() + PLAIN_EVERY_MS
      stream.write(`${Math.round(part * 100)} %  ${words}\n`)
    },
    stop: () => {},
  }
}

const STEPS = 1_000
const PLAIN_EVERY_MS = 5_000
