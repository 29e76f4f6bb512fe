import fc from 'fast-check'
import { expect, test } from 'vitest'
import { luaModule, luaString } from '../../../src/systems/emit/lua.ts'

test('data is written as a table that a person could have written', () => {
  expect(luaModule({ keys: [{ 'a b': 'x', end: 1, ok: true }], none: [] }, ['Data.'])).toBe(`-- Data.
return {
    keys = {
        {
            ["a b"] = "x",
            ["end"] = 1,
            ok = true,
        },
    },
    none = {},
}
`)
})

/** The bytes that a Lua string literal stands for. */
function bytesOf(literal: string): Uint8Array {
  expect(literal).toMatch(/^"(?:[ !#-[\]-~]|\\\d{3})*"$/)
  return Uint8Array.from(
    [...literal.slice(1, -1).matchAll(/\\(\d{3})|(.)/g)].map(([, code, character]) =>
      code ? Number(code) : character!.charCodeAt(0),
    ),
  )
}

test('any string becomes one literal with exactly its bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      expect(bytesOf(luaString(value))).toEqual(new TextEncoder().encode(value))
    }),
  )
  expect(luaString('"]]\\\n$(x)--\0')).toBe('"\\034]]\\092\\010$(x)--\\000"')
})

test('what is no number in Lua is refused', () => {
  expect(() => luaModule({ rate: Number.NaN }, [])).toThrow(TypeError)
})
