/** Native files that somebody wrote in place of what the policy compiles to. */
import { extname } from 'node:path'
import type { Problem } from '../../errors.ts'
import { own } from '../../own.ts'
import type { Policy } from '../../policy/policy.ts'
import { hostAndPort, type NativeConfig, type NativeFile, type NativeLanguage, type Site } from '../system.ts'
import { bracedIn, fillBraced, type SitePlaceholder, sitePlaceholder } from './placeholders.ts'

export interface OwnFile {
  /** Below `site.configDir`. */
  readonly path: string
  readonly text: string
}

/** Changes the native files that a policy compiled to. Pure. */
export type Adapt = (native: NativeConfig, site: Site, policy: Policy) => NativeConfig

/** What placeholders may name: a scenario has both. */
interface Names {
  readonly policy: Policy
  readonly origins: Readonly<Record<string, { readonly instances: number }>>
}

/** Placeholders that cannot be filled, each with its line and column. `nameOf`: what its writer calls a file. */
export function placeholderProblems(
  files: readonly OwnFile[],
  names: Names,
  nameOf: (file: OwnFile) => string,
): readonly Problem[] {
  return files.flatMap((file) =>
    bracedIn(file.text).flatMap(({ at, written, inside }) => {
      const problem = problemOf(written, sitePlaceholder(inside), names)
      if (problem === undefined) return []
      const before = file.text.slice(0, at).split('\n')
      const place = { line: before.length, column: before.at(-1)!.length + 1 }
      return [{ file: nameOf(file), ...place, path: '', message: problem }]
    }),
  )
}

function problemOf(
  written: string,
  placeholder: SitePlaceholder | undefined,
  { policy, origins }: Names,
): string | undefined {
  switch (placeholder?.kind) {
    case undefined:
      return `${written} means nothing in a native file`
    case 'instance':
      return placeholder.instance <= (own(origins, placeholder.origin)?.instances ?? 0)
        ? undefined
        : `${written}: there is no such instance of an origin`
    case 'key':
      return keyOf(policy, placeholder.consumer) === undefined
        ? `${written}: the policy has no consumer “${placeholder.consumer}”`
        : undefined
    case 'listen':
    case 'configDir':
    case 'scratchDir':
      return undefined
  }
}

function keyOf(policy: Policy, consumer: string): string | undefined {
  return policy.apiKey.flatMap(({ consumers }) => consumers).find(({ name }) => name === consumer)?.key
}

/**
 * A file takes the place of a compiled one of the same path; its placeholders, which must have no problems, are filled
 * in. Keys are those of the policy: from one without secrets come files that may be shown.
 */
export function withOwnFiles(files: readonly OwnFile[]): Adapt {
  return (native, site, policy) => {
    const laid = files.map(
      ({ path, text }): NativeFile => ({ path, language: languageOf(path), text: filled(text, site, policy) }),
    )
    const kept = native.files.filter(({ path }) => !laid.some((file) => file.path === path))
    return { ...native, files: [...laid, ...kept] }
  }
}

function filled(text: string, site: Site, policy: Policy): string {
  return fillBraced(text, (inside) => {
    const placeholder = sitePlaceholder(inside)
    switch (placeholder?.kind) {
      case undefined:
        return undefined
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
        return keyOf(policy, placeholder.consumer)
    }
  })
}

const languages: Readonly<Record<string, NativeLanguage>> = { '.conf': 'nginx', '.lua': 'lua', '.json': 'json' }

function languageOf(path: string): NativeLanguage {
  return languages[extname(path)] ?? 'text'
}
