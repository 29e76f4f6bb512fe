/** What the author's gate found. */
import { plural } from '../../../../comparison/blocks.ts'
import type { Rehearsal } from '../../../../labs/gate/rehearse.ts'
import type { Rule } from '../../../../labs/gate/rule.ts'
import { paint, shown, type TextOptions, wrapped } from '../../style.ts'

/** One line for a rule with the evidence for it, and below it what is wrong. */
export function ruleLines({ name, kept, details }: Rule, options: TextOptions): string[] {
  const mark = paint(shown(kept ? '✓' : '✗', options), kept ? 'good' : 'bad', options)
  if (kept) return wrapped(`${mark} ${shown([name, ...details].join(' – '), options)}`, options)
  return [
    ...wrapped(`${mark} ${shown(name, options)}`, options),
    ...details.flatMap((detail) => wrapped(shown(detail, options), options, 4)),
  ]
}

/** How a rehearsal came out, in one line; below it every rule, or the broken ones alone. */
export function rehearsalLines(
  rehearsal: Rehearsal,
  rules: readonly Rule[],
  which: 'every' | 'broken',
  options: TextOptions,
): string[] {
  const broken = rules.filter(({ kept }) => !kept)
  const isGood = broken.length === 0
  const outcome = isGood
    ? `${plural(rules.length, 'rule')} kept`
    : `${broken.length} of ${plural(rules.length, 'rule')} broken`
  const headline = { name: `${rehearsalInWords(rehearsal)}: ${outcome}`, kept: isGood, details: [] }
  return [headline, ...(which === 'every' ? rules : broken)].flatMap((rule) => ruleLines(rule, options))
}

/** `Lab 3 in processes (early nginx-early, late nginx-late, gateway nginx-lua)` */
export function rehearsalInWords({ lab, cast }: Rehearsal): string {
  const assignments = cast.assignments.map(({ role, label }) => `${role} ${label}`).join(', ')
  return `Lab ${lab.number} in ${cast.runtime} (${assignments})`
}
