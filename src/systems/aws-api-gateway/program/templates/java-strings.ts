/**
 * The methods that mapping templates call on strings are Java’s: `replaceAll` takes a regular expression, and `$1` and
 * a backslash mean something in what it puts there (java.util.regex.Matcher).
 */
type Call = { readonly property: string; readonly context: unknown; readonly params: readonly unknown[] }

type Method = (text: string, ...params: never[]) => unknown

const methods: Readonly<Record<string, Method>> = {
  length: (text: string) => text.length,
  isEmpty: (text) => text === '',
  trim: (text) => text.trim(),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
  toString: (text: string) => text,
  equals: (text, other: unknown) => text === other,
  equalsIgnoreCase: (text, other: string) => text.toLowerCase() === other.toLowerCase(),
  contains: (text, part: string) => text.includes(part),
  startsWith: (text, part: string) => text.startsWith(part),
  endsWith: (text, part: string) => text.endsWith(part),
  indexOf: (text, part: string) => text.indexOf(part),
  lastIndexOf: (text, part: string) => text.lastIndexOf(part),
  substring: (text, from: number, to?: number) => text.substring(from, to),
  concat: (text, other: string) => text + other,
  split: (text, pattern: string) => text.split(new RegExp(pattern)),
  matches: (text, pattern: string) => new RegExp(`^(?:${pattern})$`).test(text),
  replace: (text, part: string, by: string) => text.split(part).join(by),
  replaceAll: (text, pattern: string, by: string) => text.replace(new RegExp(pattern, 'g'), replacement(by)),
  replaceFirst: (text, pattern: string, by: string) => text.replace(new RegExp(pattern), replacement(by)),
}

/** A handler of velocityjs: everything that is called on a string, and nothing that only JavaScript’s strings have. */
export const javaStrings = {
  uid: 'java.lang.String',
  match: ({ context }: Call): boolean => typeof context === 'string',
  resolve: ({ property, context, params }: Call): unknown =>
    Object.hasOwn(methods, property) ? methods[property]!(context as string, ...(params as never[])) : undefined,
}

/** `$1` is a group, empty where it did not take part, and `\$` a dollar sign. */
function replacement(template: string): (match: string, ...groups: unknown[]) => string {
  const parts = [...template.matchAll(/\\(.)|\$(\d)|([^\\$]+)/gs)]
  return (match, ...groups) =>
    parts
      .map(([, escaped, group, plain]) => {
        if (group === undefined) return escaped ?? plain ?? ''
        return group === '0' ? match : String(groups[Number(group) - 1] ?? '')
      })
      .join('')
}
