/** `{{…}}` in texts and in native files: what stands there is filled in when it is known. */
import type { Name } from '../../policy/policy.ts'

export type Placeholder =
  /** The system that plays a role: `{{proxy}}`. */
  | { readonly kind: 'role'; readonly role: Name }
  /** What a run showed: `{{fact ask.proxy.origin.requests}}`; `{{fact … %}}` is a share, written as a percentage. */
  | { readonly kind: 'fact'; readonly fact: string; readonly share: boolean }
  | SitePlaceholder

/** What only the place gives where a system runs. Texts show these as they are; native files have them filled. */
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

/** Every placeholder of a text with its offset. */
export function placeholdersIn(
  text: string,
): readonly { readonly at: number; readonly written: string; readonly placeholder: Placeholder }[] {
  return [...text.matchAll(pattern)].map((match) => ({
    at: match.index,
    written: match[0],
    placeholder: placeholderOf(match[1]!),
  }))
}

/** Replaces every placeholder for which `fill` has a text; the others stay as they were written. */
export function fillPlaceholders(text: string, fill: (placeholder: Placeholder) => string | undefined): string {
  return text.replace(pattern, (written, inside: string) => fill(placeholderOf(inside)) ?? written)
}

function placeholderOf(inside: string): Placeholder {
  const [word = '', ...rest] = inside.split(/[ \t]+/)
  if (rest.length === 0 && (word === 'listen' || word === 'configDir' || word === 'scratchDir')) return { kind: word }
  if (word === 'fact') {
    const share = rest.length > 1 && rest.at(-1) === '%'
    return { kind: 'fact', fact: (share ? rest.slice(0, -1) : rest).join(' '), share }
  }
  if (word === 'instance' && rest.length === 2 && /^[1-9]\d*$/.test(rest[1]!)) {
    return { kind: 'instance', origin: rest[0]!, instance: Number(rest[1]) }
  }
  if (word === 'key' && rest.length === 1) return { kind: 'key', consumer: rest[0]! }
  return { kind: 'role', role: inside }
}
