/** JSON in other forms, with numbers exactly as the origin wrote them. */
import { XMLBuilder } from 'fast-xml-parser'
import { documentElement, elementName, entryElement, itemElement } from '../../../policy/features/transform/xml.ts'

/** V8’s raw JSON (TC39 “JSON.parse source text access”): a number that keeps its text. */
const json = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown
  rawJSON(text: string): { readonly rawJSON: string }
  isRawJSON(value: unknown): value is { readonly rawJSON: string }
}

function parsed(text: string): unknown {
  return json.parse(text, (_key, value, { source }) => (typeof value === 'number' ? json.rawJSON(source!) : value))
}

/**
 * The same JSON without the white space between its tokens; numbers, escapes and the order of members stay as the
 * origin wrote them. Throws SyntaxError on broken JSON.
 */
export function compactJson(text: string): string {
  JSON.parse(text)
  return text.replaceAll(stringOrSpace, '$1')
}

/** Strings are matched whole, and kept, so that the white space in them is not found. */
const stringOrSpace = /("[^"\\]*(?:\\.[^"\\]*)*")|[\t\n\r ]+/g

// A list of elements for each element: members keep their order whatever their names are.
const builderOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  suppressBooleanAttributes: false,
  maxNestedTags: 500,
  entities: [
    { regex: /&/g, val: '&amp;' },
    { regex: /</g, val: '&lt;' },
    { regex: />/g, val: '&gt;' },
    { regex: /"/g, val: '&quot;' },
    { regex: /'/g, val: '&apos;' },
    // XML parsers turn these into other white space where they stand as they are (XML 1.0 §2.11, §3.3.3).
    { regex: /\r/g, val: '&#13;' },
    { regex: /\n/g, val: '&#10;' },
    { regex: /\t/g, val: '&#9;' },
  ],
}
const builder = new XMLBuilder(builderOptions)

type Element = Readonly<Record<string, unknown>>

/** After the mapping of policy/features/transform/xml.ts. Throws SyntaxError on broken JSON. */
export function toXml(text: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build([{ [documentElement]: content(parsed(text)) }])}\n`
}

function content(value: unknown): readonly Element[] {
  if (value === null) return []
  if (json.isRawJSON(value)) return [{ '#text': value.rawJSON }]
  if (Array.isArray(value)) return value.map((item) => ({ [itemElement]: content(item) }))
  if (typeof value === 'object') return Object.entries(value).map(([name, member]) => element(name, member))
  return value === '' ? [] : [{ '#text': legal(String(value)) }]
}

function element(name: string, value: unknown): Element {
  if (elementName.test(name)) return { [name]: content(value) }
  return { [entryElement]: content(value), ':@': { name: legal(name) } }
}

/** XML 1.0 §2.2 has no control characters but tab and line ends, in any notation, and no halves of surrogate pairs. */
function legal(text: string): string {
  return text.toWellFormed().replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
}
