import type { Rolldown } from 'vite'

/**
 * What the first screen needs is two files: one to start and sign in, one that a signed-in person needs besides. Left alone
 * the bundler makes one for each set of parts that share something: thirty requests, and each compressed by itself.
 */
export const firstScreen: Rolldown.CodeSplittingGroup[] = [
  { name: importedFrom('start', /\/client\/main\.tsx$/), debugName: 'start', priority: 2 },
  { name: importedFrom('shell', /\/client\/ui\/shell\/Shell\.tsx$/), debugName: 'shell', priority: 1 },
]

/** By imports that are not for later. */
function importedFrom(name: string, root: RegExp): Rolldown.CodeSplittingNameFunction {
  return (id, context) => {
    const seen = new Set([id])
    for (const module of seen) {
      if (root.test(module)) return name
      for (const importer of context.getModuleInfo(module)?.importers ?? []) seen.add(importer)
    }
    return null
  }
}
