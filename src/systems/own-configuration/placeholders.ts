/** `{{…}}` in a native file: what only the place gives where a system runs, and keys, which nobody has to write down. */
import type { Name } from '../../policy/policy.ts'

export type SitePlaceholder =
  /** Host and port to listen on. */
  | { readonly kind: 'listen' }
  /** Host and port of the n-th instance of an origin, from 1: `{{instance catalogue 1}}`. */
  | { readonly kind: 'instance'; readonly origin: Name; readonly instance: number }
  | { readonly kind: 'configDir' }
  | { readonly kind: 'scratchDir' }
  /** The key of a consumer of the policy: `{{key alice}}`. */
  | { readonly kind: 'key'; readonly consumer: Name }

const pattern = /\{\{[ \t]*([A-Za-z][^{}\n]*?)[ \t]*\}\}/g

/** Everything between `{{` and `}}`, whatever it means, with its offset in the text. */
export function bracedIn(
  text: string,
): readonly { readonly at: number; readonly written: string; readonly inside: string }[] {
  return [...text.matchAll(pattern)].map((match) => ({ at: match.index, written: match[0], inside: match[1]! }))
}

/** Replaces everything between braces for which `fill` has a text; the rest stays as it was written. */
export function fillBraced(text: string, fill: (inside: string) => string | undefined): string {
  return text.replace(pattern, (written, inside: string) => fill(inside) ?? written)
}

/** What stands between the braces, where the place or the policy gives it; undefined otherwise. */
export function sitePlaceholder(inside: string): SitePlaceholder | undefined {
  const [word = '', ...rest] = inside.split(/[ \t]+/)
  if (rest.length === 0 && (word === 'listen' || word === 'configDir' || word === 'scratchDir')) return { kind: word }
  if (word === 'instance' && rest.length === 2 && /^[1-9]\d*$/.test(rest[1]!)) {
    return { kind: 'instance', origin: rest[0]!, instance: Number(rest[1]) }
  }
  return word === 'key' && rest.length === 1 ? { kind: 'key', consumer: rest[0]! } : undefined
}
