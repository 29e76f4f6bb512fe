/**
 * Kong’s Lua, run by LuaJIT itself. What Kong calls its plugin development kit is a small stand-in here, of the few
 * functions that the modules use: so this shows what the modules do, and not that Kong calls them so.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstDifference, treeOfJson, treeOfXml } from '../../../src/policy/features/transform/data-tree.ts'
import { findBinary } from '../../../src/runtime/processes/binaries.ts'
import { luaModule, luaString } from '../../../src/systems/emit/lua.ts'
import { kong } from '../../../src/systems/kong/index.ts'
import { referencePolicy } from '../reference-policy.ts'

const luajit = findBinary(['luajit'])
let folder = ''

/** Headers by their names in lower case, as ngx has them whatever case is asked for. */
const standIn = `
local lower = function(headers) return setmetatable({}, {
  __index = function(_, name) return headers[name:lower()] end,
  __newindex = function(_, name, value) headers[name:lower()] = value end }) end
local case = dofile(arg[1])
local sent = case.headers
local said, asked = lower(sent), lower(case.request)
local chunk, whole
ngx = { ctx = {} }
kong = {
  request = { get_headers = function() return asked end, get_method = function() return case.method end },
  response = {
    get_status = function() return case.status end,
    get_source = function() return case.source end,
    get_headers = function() return said end,
    get_header = function(name) local v = said[name]; return type(v) == "table" and v[1] or v end,
    set_header = function(name, value) said[name] = value end,
    clear_header = function(name) said[name] = nil end,
    add_header = function(name, value) said[name] = said[name] and said[name] .. ", " .. value or value end,
    get_raw_body = function() return whole end,
    set_raw_body = function(text) whole = text end,
  },
}
local fn = assert(load(case.header_filter))()
fn()
if case.body then
  local convert = require("edge.transform").convert
  whole = nil
  convert()
  whole = case.body
  local ok, why = pcall(convert)
  if not ok then sent.failed = why end
end
for name, value in pairs(sent) do print(name .. ": " .. tostring(value)) end
print("") io.write(whole or "")
`

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kong-lua-test-'))
  const site = { listen: { host: '', port: 1 }, origins: {}, configDir: '/', scratchDir: '/' }
  for (const { path, text } of kong.compile(referencePolicy, site).files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  writeFileSync(join(folder, 'stand-in.lua'), standIn)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Case {
  readonly headerFilter: string
  readonly headers?: Readonly<Record<string, string>>
  readonly request?: Readonly<Record<string, string>>
  readonly method?: string
  readonly status?: number
  readonly source?: string
  readonly body?: string
}

function run({
  headerFilter,
  headers = {},
  request = {},
  method = 'GET',
  status = 200,
  source = 'service',
  body,
}: Case) {
  const data = {
    header_filter: headerFilter,
    headers,
    request,
    method,
    status,
    source,
    ...(body === undefined ? {} : { body }),
  }
  writeFileSync(join(folder, 'case.lua'), luaModule(data, []))
  const out = execFileSync(luajit!, [join(folder, 'stand-in.lua'), join(folder, 'case.lua')], {
    encoding: 'utf8',
    env: { LUA_PATH: `${folder}/lua/?.lua;;` },
  })
  const end = out.indexOf('\n\n')
  const lines = out
    .slice(0, end < 0 ? undefined : end)
    .split('\n')
    .filter(Boolean)
  return {
    headers: Object.fromEntries(
      lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    ),
    body: end < 0 ? '' : out.slice(end + 2),
  }
}

describe.skipIf(!luajit)(`Kong’s Lua${luajit ? '' : ' – skipped: luajit is not on PATH'}`, () => {
  const filling = (ttl: number): string =>
    `return require("edge.cache").filling(${ttl}, { ["host"] = true, ["accept-encoding"] = true })`
  const controlOf = (headers: Record<string, string>, ttl = 2, source = 'service') =>
    run({ headerFilter: filling(ttl), headers, source }).headers['cache-control']

  test('a lifetime is given to answers that state none, and to no others', () => {
    expect(controlOf({})).toBe('max-age=2')
    expect(controlOf({ 'cache-control': 'public' })).toBe('public, max-age=2')
    for (const said of ['max-age=60', 's-maxage=5', 'public, Max-Age = 3', 'no-store', 'private', 'No-Cache, foo']) {
      expect(controlOf({ 'cache-control': said })).toBe(said)
    }
    expect(controlOf({ expires: 'Thu, 01 Jan 2026 00:00:00 GMT' })).toBeUndefined()
    expect(controlOf({ 'set-cookie': 'a=b' })).toBeUndefined()
    expect(controlOf({}, 0)).toBeUndefined()
    // What the cache itself answers, and what Kong does.
    expect(controlOf({}, 2, 'exit')).toBeUndefined()
  })

  test('what varies by something that is not told apart is not kept', () => {
    expect(controlOf({ vary: 'Host, Accept-Encoding' })).toBe('max-age=2')
    for (const vary of ['*', 'Accept', 'host,User-Agent']) {
      expect(controlOf({ vary, 'cache-control': 'max-age=60' })).toBe('no-store')
      expect(controlOf({ vary }, 0)).toBe('no-store')
    }
  })

  test('the cache’s word is passed on in the words of every edge', () => {
    const tell = 'return require("edge.cache").tell'
    expect(run({ headerFilter: tell, headers: { 'x-cache-status': 'Hit' } }).headers['x-cache']).toBe('HIT')
    expect(run({ headerFilter: tell }).headers).toEqual({})
  })

  const offers = [
    ['application/xml', 'xml'],
    ['application/vnd.edgelab.compact+json', 'compact-json'],
  ].map(([accept, as]) => `{ ${luaString(accept!)}, ${luaString(as!)} }`)
  const choosing = `return require("edge.transform").choosing({ ${offers.join(', ')} })`
  const json = { 'content-type': 'application/json; charset=utf-8', 'content-length': '99', etag: '"1"' }
  const asked = (accept: string, more: Partial<Case> = {}) =>
    run({ headerFilter: choosing, headers: json, request: { accept }, body: document, ...more })
  const document = JSON.stringify(
    { id: 12345678901234567890n.toString(), list: [], name: '<&"ä', deep: [{ a: null }, 1.5] },
    null,
    2,
  )

  test('each representation has the origin’s data, and no more of its bytes’ headers', () => {
    const xml = asked('application/xml')
    expect(firstDifference(treeOfJson(document), treeOfXml(xml.body))).toBeUndefined()
    expect(xml.headers).toEqual({ 'content-type': 'application/xml; charset=utf-8', vary: 'Accept' })
    const compact = asked('text/html, Application/vnd.EdgeLab.compact+json ; q=0.5')
    expect(compact.body).toBe(JSON.stringify(JSON.parse(document)))
    expect(compact.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  test.each([
    ['another type', asked.bind(null, 'application/json')],
    ['a type that is refused', asked.bind(null, 'application/xml;q=0')],
    ['a longer type', asked.bind(null, 'application/xml-dtd')],
    ['no Accept', asked.bind(null, '')],
  ])('who asks for %s gets the origin’s own document', (_, ask) => {
    const { headers, body } = ask()
    expect(body).toBe(document)
    expect(headers).toEqual({ ...json, vary: 'Accept' })
  })

  test('what is no JSON of the origin’s stays as it is', () => {
    for (const more of [
      { headers: { 'content-type': 'text/plain' } },
      { headers: { ...json, 'content-encoding': 'gzip' } },
      { status: 404 },
    ]) {
      expect(asked('application/xml', more).body).toBe(document)
    }
    expect(asked('application/xml', { method: 'HEAD', body: '' }).headers).toEqual({
      'content-type': 'application/xml; charset=utf-8',
      vary: 'Accept',
    })
  })

  test('broken JSON is no document: the answer fails', () => {
    expect(asked('application/xml', { body: '{"a": [1,' }).headers['failed']).toMatch(/not JSON from byte 9 on/)
  })
})
