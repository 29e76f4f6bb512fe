/** Secrets never enter a record: wherever one was captured, its place is taken by words. */
import type { Secret } from '../policy/features/feature.ts'

/** What was captured may be cut in the middle of a secret. Fewer of its characters than these give nothing away: “Bearer ” alone is none. */
const leastOfCut = 8

/** A copy of `value` in which every string is free of the secrets, as they are, as JSON writes them, and cut at its end. */
export function redact<Value>(value: Value, secrets: readonly Secret[]): Value {
  const spellings = secrets
    .flatMap(({ text, shown }) => [
      { text, shown },
      { text: JSON.stringify(text).slice(1, -1), shown },
    ])
    // One that contains another one goes first.
    .sort((a, b) => b.text.length - a.text.length)
  const clean = (text: string): string =>
    withoutCut(
      spellings.reduce((left, spelling) => left.replaceAll(spelling.text, spelling.shown), text),
      spellings,
    )
  return secrets.length === 0 ? value : (walk(value, clean) as Value)
}

/** `…` is what says that something was cut. */
function withoutCut(text: string, spellings: readonly Secret[]): string {
  const [whole, mark] = text.endsWith('…') ? [text.slice(0, -1), '…'] : [text, '']
  for (const { text: secret, shown } of spellings) {
    if (secret.length <= leastOfCut) continue
    const at = whole.lastIndexOf(secret.slice(0, leastOfCut))
    if (at >= 0 && secret.startsWith(whole.slice(at))) return whole.slice(0, at) + shown + mark
  }
  return text
}

function walk(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value)
  if (Array.isArray(value)) return value.map((item) => walk(item, clean))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [clean(key), walk(member, clean)]))
}
