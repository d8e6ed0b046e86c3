// Parts of the app that come as files of their own when they are needed. A file may be missing: there is no network, or a new
// release took it away. `lazy` alone remembers that for ever; here whoever asks again gets another try.

import type { ComponentType } from 'react'
import { createElement, lazy } from 'react'

/** What `Late.tsx` shows words for. */
export class NotLoaded extends Error {}

/** A component whose file is fetched when it is first drawn. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const begin = () =>
    lazy(async () => {
      try {
        return { default: await load() }
      } catch (error) {
        failed.add(again)
        throw new NotLoaded('A part of the app could not be loaded.', { cause: error })
      }
    })
  let part = begin()
  const again = () => {
    part = begin()
  }
  return (props) => createElement(part as ComponentType<Props>, props) // What it becomes, once it is there.
}

/** What could not be loaded is asked for again, all of it. Without its style sheet nothing is drawn. */
export async function tryAgain(): Promise<void> {
  await loadStylesAgain()
  if (missingStyles().length > 0) return
  for (const again of failed) again()
  failed.clear()
  for (const draw of waiting) draw()
}

/** Draws anew when there is another try; returns how to say that nobody waits any more. */
export function onTryAgain(draw: () => void): () => void {
  waiting.add(draw)
  // However often it is said, it is one listener.
  window.addEventListener('online', networkBack)
  return () => void waiting.delete(draw)
}

function networkBack(): void {
  if (waiting.size > 0) void tryAgain()
}

const failed = new Set<() => void>()
const waiting = new Set<() => void>()

/** The loader takes a style sheet that was asked for once as there, whatever became of it. */
async function loadStylesAgain(): Promise<void> {
  await Promise.all(
    missingStyles().map(
      (link) =>
        new Promise<void>((resolve) => {
          const next = document.createElement('link')
          next.rel = 'stylesheet'
          next.href = link.href
          for (const end of ['load', 'error']) next.addEventListener(end, () => resolve())
          link.replaceWith(next)
        }),
    ),
  )
}

/** One that was answered with something else, or not at all, has no rules. */
function missingStyles(): HTMLLinkElement[] {
  return [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].filter(({ sheet }) => sheet === null || sheet.cssRules.length === 0)
}
