/**
 * Fills in texts: `{{role}}` becomes the system of that role, `{{fact path}}` what a run showed; what stands between
 * `{{where …}}` and `{{end}}` stays where that system plays. Pure.
 */
import { formatNumber, formatShare } from '../../units.ts'
import { fillPlaceholders } from '../file/placeholders.ts'
import { shownWhere } from '../file/where.ts'
import type { Facts } from './facts.ts'

export interface Filling {
  /** undefined: no such role. */
  readonly playerOf: (role: string) => { readonly label: string; readonly system: string } | undefined
  readonly facts: Facts
}

const code = /(```[\s\S]*?(?:```|$)|`[^`\n]+`)/

/** Shown in place of a fact that was not measured. */
export const notMeasured = '(not measured)'

/**
 * Markdown, filled in. Captured values stay text: outside of code their punctuation is escaped, inside it they cannot
 * end the code. `{{fact path %}}` writes a share as a percentage. Missing facts are marked as such.
 */
export function fillMarkdown(markdown: string, filling: Filling): string {
  return shownWhere(markdown, systemIn(filling))
    .split(code)
    .map((part, at) => fill(part, filling, at % 2 === 1 ? insideCode : literally))
    .join('')
}

/** One sentence of plain text, filled in. */
export function fillText(text: string, filling: Filling): string {
  return fill(shownWhere(text, systemIn(filling)), filling, (value) => value)
}

function systemIn({ playerOf }: Filling): (role: string) => string | undefined {
  return (role) => playerOf(role)?.system
}

function fill(text: string, { playerOf, facts }: Filling, keep: (value: string) => string): string {
  return fillPlaceholders(text, (placeholder) => {
    if (placeholder.kind === 'role') return playerOf(placeholder.role)?.label
    if (placeholder.kind !== 'fact') return undefined
    const value = facts(placeholder.fact)
    return isText(value) ? keep(factText(value, placeholder.share)) : value === null ? '(not there)' : notMeasured
  })
}

function isText(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function factText(value: string | number | boolean, share: boolean): string {
  if (typeof value !== 'number') return String(value)
  return share ? formatShare(value) : formatNumber(value)
}

/**
 * Text as Markdown that shows it: a backslash before ASCII punctuation is “this character, nothing else” (CommonMark).
 */
export function literally(value: string): string {
  return value.replaceAll('\n', ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

function insideCode(value: string): string {
  return value.replaceAll('`', "'").replaceAll('\n', ' ')
}
