/** A rule of the author's gate: one line with what it was judged by; below it what is wrong. */
import type { Rule } from '../../../labs/gate/rule.ts'
import { paint, shown, type TextOptions, wrapped } from '../style.ts'

export function ruleLines({ name, kept, details }: Rule, options: TextOptions): string[] {
  const mark = paint(shown(kept ? '✓' : '✗', options), kept ? 'good' : 'bad', options)
  if (kept) return wrapped(`${mark} ${shown([name, ...details].join(' – '), options)}`, options)
  return [
    ...wrapped(`${mark} ${shown(name, options)}`, options),
    ...details.flatMap((detail) => wrapped(shown(detail, options), options, 4)),
  ]
}
