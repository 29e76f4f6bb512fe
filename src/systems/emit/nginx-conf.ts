/**
 * Writes configuration for NGINX: a small structure in, text as its people write it out.
 *
 * A parameter that is a string is text of our own, in which `$name` is a variable. A value from outside goes through
 * `literal` or `verbatim` and reaches nginx as that value and nothing else.
 */

interface Outside {
  readonly value: string
  /** True where nginx replaces variables in this parameter. */
  readonly interpolated: boolean
}
export type Parameter = string | Outside

export type ConfNode =
  | { readonly kind: 'directive'; readonly name: string; readonly parameters: readonly Parameter[] }
  | {
      readonly kind: 'block'
      readonly name: string
      readonly parameters: readonly Parameter[]
      readonly children: readonly ConfNode[]
    }
  | { readonly kind: 'if-empty'; readonly variable: string; readonly children: readonly ConfNode[] }
  | { readonly kind: 'lua'; readonly name: string; readonly code: string }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'blank' }

/** An outside value where nginx replaces variables. It has no escape for `$`, so the writer refuses one. */
export function literal(value: string): Parameter {
  return { value, interpolated: true }
}

/** An outside value where nginx takes the text as it is: a location's prefix, a map's source, a path. */
export function verbatim(value: string): Parameter {
  return { value, interpolated: false }
}

export function directive(name: string, ...parameters: readonly Parameter[]): ConfNode {
  return { kind: 'directive', name, parameters }
}

export function block(name: string, parameters: readonly Parameter[], children: readonly ConfNode[]): ConfNode {
  return { kind: 'block', name, parameters, children }
}

/** `if ($variable = "") { … }` */
export function ifEmpty(variable: string, ...children: readonly ConfNode[]): ConfNode {
  return { kind: 'if-empty', variable, children }
}

/** A `…_by_lua_block`. The code is our own: nothing of a policy may stand in it. */
export function luaBlock(name: string, code: string): ConfNode {
  return { kind: 'lua', name, code }
}

/** A comment above what follows; one line of it per line of text. */
export function comment(text: string): ConfNode {
  return { kind: 'comment', text }
}

export const blank: ConfNode = { kind: 'blank' }

/** Throws TypeError where a value cannot be written: NUL, half a surrogate pair, `$` in an interpolated place. */
export function writeNginxConf(nodes: readonly ConfNode[]): string {
  return `${tidy(linesOf(nodes, '')).join('\n')}\n`
}

function linesOf(nodes: readonly ConfNode[], indent: string): readonly string[] {
  return nodes.flatMap((node) => linesOfNode(node, indent))
}

function linesOfNode(node: ConfNode, indent: string): readonly string[] {
  const braces = (head: string, inside: readonly string[]): readonly string[] => [
    `${indent}${head} {`,
    ...inside,
    `${indent}}`,
  ]
  const deeper = `${indent}    `
  switch (node.kind) {
    case 'blank':
      return ['']
    case 'comment':
      return node.text.split(/\r\n|\r|\n/).map((line) => `${indent}# ${line}`.trimEnd())
    case 'directive':
      return [`${indent}${[node.name, ...node.parameters].map(quoted).join(' ')};`]
    case 'lua':
      return braces(
        node.name,
        node.code.split('\n').map((line) => (line ? deeper + line : '')),
      )
    case 'if-empty':
      return braces(`if (${node.variable} = "")`, linesOf(node.children, deeper))
    case 'block':
      return braces([node.name, ...node.parameters].map(quoted).join(' '), linesOf(node.children, deeper))
  }
}

/** No blank line doubled, none after an opening brace or before a closing one. */
function tidy(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => {
    const next = lines[index + 1]?.trim()
    const previous = lines[index - 1] ?? ''
    return line !== '' || !(previous === '' || previous.endsWith('{') || next === undefined || next === '}')
  })
}

/** Needs no quotes: none of these characters means anything to nginx's reader but `$`, which begins a variable. */
const bare = /^[A-Za-z0-9_./:=@%,*^~+$|[\]-]+$/

function quoted(parameter: Parameter): string {
  const { value, interpolated } = typeof parameter === 'string' ? { value: parameter, interpolated: false } : parameter
  if (value.includes('\0') || !value.isWellFormed())
    throw new TypeError(`nginx cannot be given this value: ${JSON.stringify(value)}`)
  if (interpolated && value.includes('$'))
    throw new TypeError(`nginx has no way to write “$” where it replaces variables: ${JSON.stringify(value)}`)
  if (bare.test(value)) return value
  const quote = value.includes('"') && !value.includes("'") ? "'" : '"'
  // In quotes a backslash is itself, but before these characters (ngx_conf_read_token): only there is it doubled.
  const escaped = value
    .replaceAll(/\\(?=["'\\trn\t\r\n]|$)/g, '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
  return quote + escaped + quote
}
