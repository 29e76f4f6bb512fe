/** Keys are secrets: what is shown of them, and who sends which. */
import type { Credentials } from '../feature.ts'
import type { ApiKey } from './line.ts'

type Written = { readonly header: string; readonly consumers: readonly (string | { readonly name: string })[] }

export const credentials: Credentials<Written, ApiKey> = {
  withoutSecrets: (line) => ({
    ...line,
    consumers: line.consumers.map(({ name }) => ({ name, key: `KEY-OF-${name}` })),
  }),
  // The probe sends the key with its case changed, and that text would reveal the key.
  secrets: ({ consumers }) =>
    consumers.flatMap(({ name, key }) => [key, otherCase(key)].map((text) => ({ text, shown: `‹key of ${name}›` }))),
  consumers: ({ consumers }) => consumers.map((each) => (typeof each === 'string' ? each : each.name)),
  carriers: ({ header }) => [header],
  headersOf: (lines, { consumer, key }) => {
    const known = lines.flatMap(({ header, consumers }) =>
      consumers.filter(({ name }) => name === consumer).map((each) => [header, key ?? each.key] as const),
    )
    const [first] = lines
    if (known.length === 0) return first && key !== undefined ? [[first.header, key]] : []
    return [...new Map(known)]
  },
}

/** Swaps the case of every letter: another key, that a careless comparison would let pass. */
export function otherCase(key: string): string {
  return [...key].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('')
}
