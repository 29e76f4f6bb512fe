/** `--fail-on 'p99 > +10%'`: by how much a figure may change before a build fails. */
import { type ComparedMetric, comparedMetrics } from './figures.ts'

export interface Bound {
  readonly text: string
  /** null: every system that both runs measured. */
  readonly system: string | null
  readonly metric: ComparedMetric
  readonly side: 'above' | 'below'
  /** A share: 0.1 for +10 %. */
  readonly change: number
}

const shape = /^(?:([a-z][a-z0-9-]*)\s*:\s*)?([a-z0-9]+)\s*([<>])\s*([+-]?)(\d+(?:\.\d+)?)\s*%$/

/** The bound, or what is wrong with it. */
export function readBound(text: string): Bound | string {
  const example = 'write it like “p99 > +10%”, or “nginx: cpu > +5%” for one system'
  const match = shape.exec(text.trim())
  if (!match) return `“${text}” is not a bound: ${example}`
  const [, system = null, name, operator, sign, percent] = match
  const metric = comparedMetrics.find((each) => each === name)
  if (!metric) return `“${name}” is not a figure that is compared: ${comparedMetrics.join(', ')}`
  const change = (Number(percent) / 100) * (sign === '-' ? -1 : 1)
  if (change <= -1) return `“${text}” can never be met: nothing falls by ${percent} %`
  return { text: text.trim(), system, metric, side: operator === '>' ? 'above' : 'below', change }
}
