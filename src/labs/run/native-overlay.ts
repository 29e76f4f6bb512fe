/**
 * A learner's native files, which replace what the policy compiles to. Nothing outside the role's own folder is read.
 */

import { realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import type { EdgeLabError, Problem } from '../../errors.ts'
import type { Adapt } from '../../experiment/systems-under-test.ts'
import { own } from '../../own.ts'
import type { Scenario } from '../../scenario/scenario.ts'
import { hostAndPort, type NativeFile, type NativeLanguage, type Site } from '../../systems/system.ts'
import { badInput } from '../../yaml-file.ts'
import { isInside } from '../file/input/input.ts'
import { fillPlaceholders, type Placeholder, placeholdersIn } from '../file/placeholders.ts'
import { readPlainFiles } from '../file/plain-files.ts'

export interface Overlay {
  /** Below the workspace: `native/nginx`. */
  readonly folder: string
  /** Paths below the folder, which are those below `site.configDir`. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
}

/** Reads a role's native folder. Throws EdgeLabError `badInput` where something in it cannot be used, located. */
export async function readOverlay(workspace: string, folder: string): Promise<Overlay> {
  const root = isInside(folder) ? await realpath(join(workspace, folder)).catch(() => undefined) : undefined
  if (root === undefined) throw refused(folder, 'there is no such folder: reset the step to get it back')
  if (!root.startsWith((await realpath(workspace)) + sep)) throw refused(folder, 'it leads out of the lab’s files')
  const { files, refused: unusable } = await readPlainFiles(root).catch((cause: Error) => {
    throw refused(folder, `it cannot be read: ${cause.message}`)
  })
  const problems = unusable.map(({ path, message }) => ({ file: `${folder}/${path}`, path: '', message }))
  if (problems.length > 0) throw badInput(folder, problems)
  return { folder, files }
}

/**
 * Files of the lab that the learner removed: the compiled ones would take their place, and the checks would judge
 * those. `original` is the lab's own folder.
 */
export async function missingFrom({ folder, files }: Overlay, original: string): Promise<readonly Problem[]> {
  // Where the lab's own folder was removed meanwhile, no file is missing.
  const { files: laid } = await readPlainFiles(original).catch(() => ({ files: [] }))
  return laid
    .filter(({ path }) => !files.some((file) => file.path === path))
    .map(({ path }) => ({ file: `${folder}/${path}`, path: '', message: 'it is gone: reset the step to get it back' }))
}

function refused(folder: string, message: string): EdgeLabError {
  return badInput(folder, [{ file: folder, path: '', message }])
}

/** Placeholders that cannot be used in a native file, each with its line and column. */
export function overlayProblems({ folder, files }: Overlay, scenario: Scenario): readonly Problem[] {
  return files.flatMap(({ path, text }) =>
    placeholdersIn(text).flatMap(({ at, written, placeholder }) => {
      const problem = placeholderProblem(written, placeholder, scenario)
      if (problem === undefined) return []
      const before = text.slice(0, at).split('\n')
      const place = { line: before.length, column: before.at(-1)!.length + 1 }
      return [{ file: `${folder}/${path}`, ...place, path: '', message: problem }]
    }),
  )
}

function placeholderProblem(written: string, placeholder: Placeholder, scenario: Scenario): string | undefined {
  switch (placeholder.kind) {
    case 'listen':
    case 'configDir':
    case 'scratchDir':
      return undefined
    case 'instance': {
      const instances = own(scenario.origins, placeholder.origin)?.instances ?? 0
      return placeholder.instance <= instances ? undefined : `${written}: there is no such instance of an origin`
    }
    case 'key':
      return keyOf(scenario, placeholder.consumer) === undefined
        ? `${written}: the policy has no consumer “${placeholder.consumer}”`
        : undefined
    case 'role':
    case 'fact':
      return `${written} means nothing in a native file`
  }
}

function keyOf({ policy }: Scenario, consumer: string): string | undefined {
  return policy.apiKey.flatMap(({ consumers }) => consumers).find(({ name }) => name === consumer)?.key
}

/** Pure. Only files that have no problems are laid over; a file takes the place of a compiled one of the same path. */
export function withOverlay({ files }: Overlay, scenario: Scenario): Adapt {
  return (native, site) => {
    const own = files.map(
      ({ path, text }): NativeFile => ({ path, language: languageOf(path), text: filled(text, site) }),
    )
    const kept = native.files.filter(({ path }) => !own.some((file) => file.path === path))
    return { ...native, files: [...own, ...kept] }
  }

  function filled(text: string, site: Site): string {
    return fillPlaceholders(text, (placeholder) => {
      switch (placeholder.kind) {
        case 'listen':
          return hostAndPort(site.listen)
        case 'configDir':
          return site.configDir
        case 'scratchDir':
          return site.scratchDir
        case 'instance': {
          const address = own(site.origins, placeholder.origin)?.[placeholder.instance - 1]
          return address && hostAndPort(address)
        }
        case 'key':
          return keyOf(scenario, placeholder.consumer)
        case 'role':
        case 'fact':
          return undefined
      }
    })
  }
}

const languages: Readonly<Record<string, NativeLanguage>> = { '.conf': 'nginx', '.lua': 'lua', '.json': 'json' }

function languageOf(path: string): NativeLanguage {
  return languages[extname(path)] ?? 'text'
}
