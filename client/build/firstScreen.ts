import type { Rolldown } from 'vite'

/**
 * What the first screen needs is two files: one to start and sign in, one that a signed-in person needs besides. Left alone
 * the bundler makes one for each set of parts that share something: thirty requests, and each compressed by itself.
 */
export const firstScreen: Rolldown.CodeSplittingGroup[] = [
  { name: importedFrom('start', [/\/client\/main\.tsx$/]), debugName: 'start', priority: 3 },
  // Small parts that both have; in the second file they would bring all of it to whoever signs in.
  { name: importedFrom('start', [/\/client\/ui\/account\/SignInScreen\.tsx$/, /\/client\/ui\/shell\/Shell\.tsx$/]), debugName: 'both', priority: 2 },
  { name: importedFrom('shell', [/\/client\/ui\/shell\/Shell\.tsx$/]), debugName: 'shell', priority: 1 },
]

/** From each of these, by imports that are not for later. */
function importedFrom(name: string, roots: readonly RegExp[]): Rolldown.CodeSplittingNameFunction {
  return (id, context) => {
    const seen = new Set([id])
    for (const module of seen) for (const importer of context.getModuleInfo(module)?.importers ?? []) seen.add(importer)
    return roots.every((root) => [...seen].some((module) => root.test(module))) ? name : null
  }
}
