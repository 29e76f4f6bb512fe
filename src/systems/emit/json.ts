/** Writes JSON as people lay it out: whatever fits into a line stands in one. */

export type JsonData = string | number | boolean | null | readonly JsonData[] | { readonly [key: string]: JsonData }

/** Columns. */
const width = 110

/** With a line break at its end. Throws TypeError on half a surrogate pair, which no UTF-8 can hold. */
export function writeJson(data: JsonData): string {
  return `${written(data, '', 0)}\n`
}

/** `before`: columns that stand in front of it in its line. */
function written(data: JsonData, indent: string, before: number): string {
  const line = inOneLine(data)
  if (typeof data !== 'object' || data === null || before + line.length < width) return line
  const deeper = `${indent}  `
  const members = Array.isArray(data)
    ? data.map((item: JsonData) => written(item, deeper, deeper.length))
    : Object.entries(data).map(([key, value]) => {
        const name = `${scalar(key)}: `
        return name + written(value, deeper, deeper.length + name.length)
      })
  const [open, close] = brackets(data)
  return `${open}\n${members.map((text) => deeper + text).join(',\n')}\n${indent}${close}`
}

function inOneLine(data: JsonData): string {
  if (typeof data !== 'object' || data === null) return scalar(data)
  const members = Array.isArray(data)
    ? data.map(inOneLine)
    : Object.entries(data).map(([key, value]) => `${scalar(key)}: ${inOneLine(value)}`)
  return brackets(data).join(members.join(', '))
}

function brackets(data: object): readonly [string, string] {
  return Array.isArray(data) ? ['[', ']'] : ['{', '}']
}

function scalar(value: string | number | boolean | null): string {
  if (typeof value === 'string' && !value.isWellFormed())
    throw new TypeError(`no UTF-8 text holds this value: ${JSON.stringify(value)}`)
  return JSON.stringify(value)
}
