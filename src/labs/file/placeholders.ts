/** `{{…}}` in the texts of a lab: what stands there is filled in when it is known (where.ts: blocks that some casts show). */
import type { Name } from '../../policy/policy.ts'
import {
  bracedIn,
  fillBraced,
  type SitePlaceholder,
  sitePlaceholder,
} from '../../systems/own-configuration/placeholders.ts'
import { isMark } from './where.ts'

export type Placeholder =
  /** The system that plays a role: `{{proxy}}`. */
  | { readonly kind: 'role'; readonly role: Name }
  /** What a run showed: `{{fact ask.proxy.origin.requests}}`; `{{fact … %}}` is a share, written as a percentage. */
  | { readonly kind: 'fact'; readonly fact: string; readonly share: boolean }
  /** Begins or ends what is shown where a system plays: `{{where proxy is nginx}}`, `{{otherwise}}`, `{{end}}`. */
  | { readonly kind: 'mark' }
  /** Texts show these as they are: they are filled in where a system starts, in its native files. */
  | SitePlaceholder

/** Every placeholder of a text with its offset. */
export function placeholdersIn(
  text: string,
): readonly { readonly at: number; readonly written: string; readonly placeholder: Placeholder }[] {
  return bracedIn(text).map(({ at, written, inside }) => ({ at, written, placeholder: placeholderOf(inside) }))
}

/** Replaces every placeholder for which `fill` has a text; the others stay as they were written. */
export function fillPlaceholders(text: string, fill: (placeholder: Placeholder) => string | undefined): string {
  return fillBraced(text, (inside) => fill(placeholderOf(inside)))
}

function placeholderOf(inside: string): Placeholder {
  const [word, ...rest] = inside.split(/[ \t]+/)
  if (word === 'fact') {
    const share = rest.length > 1 && rest.at(-1) === '%'
    return { kind: 'fact', fact: (share ? rest.slice(0, -1) : rest).join(' '), share }
  }
  if (isMark(word)) return { kind: 'mark' }
  return sitePlaceholder(inside) ?? { kind: 'role', role: inside }
}
