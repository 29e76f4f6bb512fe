/** Writes data as Lua source: whatever a value holds, it stays one string literal. */

export type LuaData = string | number | boolean | readonly LuaData[] | { readonly [key: string]: LuaData }

/** A Lua string literal of the value's UTF-8 bytes: decimal escapes for all but harmless ASCII. */
export function luaString(value: string): string {
  const bytes = [...new TextEncoder().encode(value)]
  const text = bytes.map((byte) => {
    const character = String.fromCharCode(byte)
    return /[A-Za-z0-9 !#$%&'()*+,./:;<=>?@[\]^_`{|}~-]/.test(character)
      ? character
      : `\\${String(byte).padStart(3, '0')}`
  })
  return `"${text.join('')}"`
}

/** A file that returns the data: `return { … }`, one member per line. */
export function luaModule(data: LuaData, comments: readonly string[]): string {
  return `${comments.map((line) => `-- ${line}\n`).join('')}return ${luaValue(data, '')}\n`
}

function luaValue(data: LuaData, indent: string): string {
  if (typeof data === 'string') return luaString(data)
  if (typeof data === 'boolean') return String(data)
  if (typeof data === 'number') {
    if (!Number.isFinite(data)) throw new TypeError(`Lua source has no literal for ${data}`)
    return String(data)
  }
  const deeper = `${indent}    `
  const members = Array.isArray(data)
    ? data.map((item: LuaData) => luaValue(item, deeper))
    : Object.entries(data).map(([key, value]) => `${luaKey(key)} = ${luaValue(value, deeper)}`)
  return members.length === 0 ? '{}' : `{\n${members.map((text) => `${deeper}${text},\n`).join('')}${indent}}`
}

const reserved = new Set(
  'and break do else elseif end false for function goto if in local nil not or repeat return then true until while'.split(
    ' ',
  ),
)

function luaKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !reserved.has(key) ? key : `[${luaString(key)}]`
}
