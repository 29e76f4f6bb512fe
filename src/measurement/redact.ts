/** Secrets never enter a record: wherever a consumer's key was captured, its place is taken by a name. */
import type { Consumer } from '../policy/policy.ts'

/** A copy of `value` in which every string is free of the consumers' keys, as they are and as JSON writes them. */
export function redactKeys<Value>(value: Value, consumers: readonly Consumer[]): Value {
  const secrets = consumers
    .flatMap(({ name, key }) => {
      const spelled = new Set([key, JSON.stringify(key).slice(1, -1), otherCase(key)])
      return [...spelled].map((text) => ({ text, shown: `‹key of ${name}›` }))
    })
    // A key that contains another one goes first.
    .sort((a, b) => b.text.length - a.text.length)
  const clean = (text: string): string =>
    secrets.reduce((left, { text: secret, shown }) => left.replaceAll(secret, shown), text)
  return secrets.length === 0 ? value : (walk(value, clean) as Value)
}

/** The key probe sends a key in the other case: whoever reads that knows the key. */
function otherCase(key: string): string {
  return [...key].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('')
}

function walk(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), walk(member, clean)]))
}
