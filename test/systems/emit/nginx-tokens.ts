/** Reads a configuration as nginx does (ngx_conf_read_token), in small: values, and the signs `;`, `{`, `}`. */
export type Token = { readonly value: string } | ';' | '{' | '}'

const escapes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '\\': '\\', t: '\t', r: '\r', n: '\n' }

export function tokens(text: string): readonly Token[] {
  const found: Token[] = []
  let at = 0
  const unescaped = (raw: string): string =>
    raw.replaceAll(/\\(["'\\trn])/g, (_, character: string) => escapes[character]!)
  while (at < text.length) {
    const character = text[at]!
    if (/[ \t\r\n]/.test(character)) at += 1
    else if (character === '#') {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else if (character === ';' || character === '{' || character === '}') {
      found.push(character)
      at += 1
    } else if (character === '"' || character === "'") {
      let end = at + 1
      while (text[end] !== character) {
        if (end >= text.length) throw new Error(`no closing ${character}`)
        end += text[end] === '\\' ? 2 : 1
      }
      found.push({ value: unescaped(text.slice(at + 1, end)) })
      at = end + 1
      if (!/[ \t\r\n;{]/.test(text[at] ?? '')) throw new Error(`unexpected ${text[at]} behind a quoted value`)
    } else {
      let end = at
      while (end < text.length && !/[ \t\r\n;{]/.test(text[end]!)) end += text[end] === '\\' ? 2 : 1
      found.push({ value: unescaped(text.slice(at, end)) })
      at = end
    }
  }
  return found
}
