/**
 * What a record has under a name that people chose: `constructor` and `valueof` are names like any other, and what every
 * object inherits is nobody's.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
