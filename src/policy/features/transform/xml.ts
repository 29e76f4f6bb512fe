/**
 * How JSON becomes XML here: the mapping that every system implements and that the transform probe judges.
 *
 * - The document element is `response`.
 * - An object member becomes an element of its name; a name that XML does not allow, or that begins with `xml`,
 *   becomes `<entry name="…">`.
 * - An array becomes a sequence of `<item>` elements inside its parent.
 * - Strings, numbers, true and false become text; numbers exactly as the origin wrote them. null, {} and [] are empty.
 */
export const documentElement = 'response'
export const itemElement = 'item'
export const entryElement = 'entry'

/** Names that may be element names as they are: a strict ASCII subset of XML 1.0 §2.3. */
export const elementName = /^(?!xml)[A-Za-z_][A-Za-z0-9_.-]*$/i
