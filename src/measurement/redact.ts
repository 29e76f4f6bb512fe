/** Secrets never enter a record: wherever one was captured, its place is taken by words. */
import type { Secret } from '../policy/features/feature.ts'

/** A copy of `value` in which every string is free of the secrets, as they are and as JSON writes them. */
export function redact<Value>(value: Value, secrets: readonly Secret[]): Value {
  const spellings = secrets
    .flatMap(({ text, shown }) => [
      { text, shown },
      { text: JSON.stringify(text).slice(1, -1), shown },
    ])
    // One that contains another one goes first.
    .sort((a, b) => b.text.length - a.text.length)
  const clean = (text: string): string =>
    spellings.reduce((left, spelling) => left.replaceAll(spelling.text, spelling.shown), text)
  return secrets.length === 0 ? value : (walk(value, clean) as Value)
}

function walk(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), walk(member, clean)]))
}
