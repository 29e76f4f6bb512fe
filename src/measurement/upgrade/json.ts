/** Changes in JSON of which nothing is known yet: what has another shape stays as it is, for the schema to name. */

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object with its member `key` changed, where that is an object. */
export function within(object: JsonObject, key: string, change: (member: JsonObject) => JsonObject): JsonObject {
  const member = object[key]
  return isObject(member) ? { ...object, [key]: change(member) } : object
}

/** The object with every object of its list `key` changed. */
export function eachWithin(object: JsonObject, key: string, change: (item: JsonObject) => JsonObject): JsonObject {
  const list = object[key]
  if (!Array.isArray(list)) return object
  return { ...object, [key]: list.map((item: unknown) => (isObject(item) ? change(item) : item)) }
}

/** The object with every object that is a member of its member `key` changed. */
export function eachMember(object: JsonObject, key: string, change: (member: JsonObject) => JsonObject): JsonObject {
  return within(object, key, (members) =>
    Object.fromEntries(Object.entries(members).map(([name, each]) => [name, isObject(each) ? change(each) : each])),
  )
}

/** Headers that were kept as an object, as the list that they are now. */
export function pairs(headers: unknown): unknown {
  return isObject(headers) ? Object.entries(headers) : headers
}
