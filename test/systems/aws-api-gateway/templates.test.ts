/** Mapping templates: Velocity with what API Gateway gives to it. */
import { describe, expect, test } from 'vitest'
import { representationProblem } from '../../../src/policy/features/transform/probes.ts'
import { compactJsonTemplate } from '../../../src/systems/aws-api-gateway/definition/templates/compact-json.ts'
import { xmlTemplate } from '../../../src/systems/aws-api-gateway/definition/templates/xml.ts'
import { render } from '../../../src/systems/aws-api-gateway/program/templates/render.ts'
import { type Asked, emulate, keysAndPlan, operation, saysOk, wantsKey } from './emulated.ts'

/** What the client gets where the origin’s answer goes through this template. */
async function mapped(
  template: string,
  body = '{"a":[{"b":1},{"b":2}],"c":"x"}',
  asked: Asked = {},
): Promise<{ readonly status: number; readonly text: string; readonly type: string }> {
  const { send } = await emulate(
    {
      paths: {
        '/things/{id}': {
          get: operation(
            {
              type: 'http',
              responses: { '2\\d\\d': { statusCode: '200', responseTemplates: { 'application/json': template } } },
            },
            wantsKey,
          ),
        },
      },
      rest: keysAndPlan({ ann: 'key-of-ann' }),
    },
    (_, response) => response.end(body),
  )
  const answer = await send('/things/7?kind=big', {
    ...asked,
    headers: { 'x-api-key': 'key-of-ann', ...asked.headers },
  })
  return { status: answer.status, text: answer.body, type: String(answer.headers['content-type']) }
}

describe('$input', () => {
  test.each([
    ['$input.body', '{"a":[{"b":1},{"b":2}],"c":"x"}'],
    ["$input.json('$.a')", '[{"b":1},{"b":2}]'],
    ["$input.json('$.a[*].b')", '[1,2]'],
    ["$input.json('$.a[?(1)]').length()", "$input.json('$.a[?(1)]').length()"],
    ["$input.path('$.a[1].b') $input.path('$.c')", '2 x'],
    ["#foreach($e in $input.path('$.a'))$e.b#if($foreach.hasNext),#end#end", '1,2'],
    ["$input.path('$.a').size()", '2'],
    ["$input.params('id') $input.params('kind') $input.params('X-Extra') [$input.params('none')]", '7 big yes []'],
    ["$input.params().path.id $input.params('querystring').kind", '7 big'],
    ["$input.params().header.get('x-extra')", 'yes'],
  ])('%s', async (template, text) => {
    const seen = await mapped(template, undefined, { headers: { 'x-extra': 'yes' } })
    // A filter of JSONPath is a script, and not evaluated: the API answers with an error.
    if (template.includes('?(')) expect(seen.status).toBe(500)
    else expect(seen).toMatchObject({ status: 200, text })
  })
})

describe('$context and $util', () => {
  test.each([
    ['$context.stage $context.httpMethod $context.resourcePath $context.path', 'live GET /things/{id} /live/things/7'],
    ['$context.identity.apiKeyId $context.identity.apiKey $context.identity.sourceIp', 'ann key-of-ann 127.0.0.1'],
    ['$stageVariables.origin', 'origin.internal'],
    [`$util.escapeJavaScript("it's") $util.escapeJavaScript('"a"')`, String.raw`it\'s \"a\"`],
    [`$util.urlEncode('a b&c') $util.urlDecode('a+b%26c')`, 'a+b%26c a b&c'],
    ["$util.base64Encode('abc') $util.base64Decode('YWJj')", 'YWJj abc'],
    [`#set($o = $util.parseJson('{"k":[1]}'))$o.k[0]`, '1'],
  ])('%s', async (template, text) => {
    expect(await mapped(template)).toMatchObject({ status: 200, text })
  })

  test('request ids and times are there', async () => {
    const { text } = await mapped(
      '$context.requestId|$context.extendedRequestId|$context.requestTime|$context.requestTimeEpoch',
    )
    expect(text).toMatch(/^[0-9a-f-]{36}\|[\w-]+=\|\d\d\/\w{3}\/\d{4}:[\d:]{8} \+0000\|\d{13}$/)
  })

  test('an answer’s status and headers may be overridden, each once', async () => {
    const header = "#set($context.responseOverride.header.Content-Type = 'text/plain')"
    expect(await mapped(`${header}#set($context.responseOverride.status = 418)x`)).toEqual({
      status: 418,
      text: 'x',
      type: 'text/plain',
    })
    expect((await mapped(`${header}${header}x`)).status).toBe(500)
  })

  test('a template cannot get at what is behind its objects', async () => {
    const template =
      "[$!context.constructor][$!input.path.constructor][$!util.getClass()]#set($x = 'a')[$!x.constructor]"
    expect((await mapped(template)).text).toBe('[][][][]')
    await mapped("#set($context.responseOverride.header.__proto__ = 'x')#set($context.__proto__.polluted = 'x')")
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })
})

test('a #foreach goes round a thousand times at most', () => {
  expect(render('#foreach($n in [1..1200])x#end', {})).toBe('x'.repeat(1000))
  expect(render('#foreach($m in [1..2])#foreach($n in $list)$n#end;#end', { list: ['a', 'b'] })).toBe('ab;ab;')
})

test('strings have Java’s methods, and its regular expressions', () => {
  const text = (template: string) => render(template, { s: 'a.b.c' })
  expect(text("$s.replaceAll('.', 'x')")).toBe('xxxxx')
  expect(text("$s.replace('.', 'x')")).toBe('axbxc')
  expect(text("$s.replaceAll('(b)|c', '<$1>')")).toBe('a.<b>.<>')
  expect(text(String.raw`$s.replaceAll('[.]', '\$&')`)).toBe('a$&b$&c')
  expect(text("$s.split('[.]').size() $s.substring(2) $s.toUpperCase() $s.matches('a.*')")).toBe('3 b.c A.B.C true')
})

describe('requests', () => {
  test('a template makes the body, and sets headers and query', async () => {
    const bodies: string[] = []
    const integration = {
      type: 'http',
      requestParameters: { 'integration.request.header.X-From': 'method.request.querystring.from' },
      requestTemplates: {
        'application/json':
          "#set($context.requestOverride.header.X-Made = 'by a template')#set($context.requestOverride.querystring['a b'] = $input.path('$.q')){\"wrapped\":$input.json('$')}",
      },
      responses: { default: { statusCode: '200' } },
    }
    const { send, origin } = await emulate(
      { paths: { '/things': { post: operation(integration) } } },
      (request, response) => {
        request.on('data', (part) => bodies.push(String(part)))
        request.on('end', () => saysOk(request, response))
      },
    )
    await send('/things?from=me&other=1', { method: 'POST', body: '{"q":"x&y"}', headers: { 'x-unmapped': '1' } })
    const { url, headers } = origin.seen[0]!
    expect(url).toBe('/things?a+b=x%26y')
    expect(headers).toMatchObject({ 'x-made': 'by a template', 'x-from': 'me' })
    expect(headers['x-unmapped']).toBeUndefined()
    expect(bodies.join('')).toBe('{"wrapped":{"q":"x&y"}}')
  })

  test('a mock integration answers without an origin', async () => {
    const mock = {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 202}' },
      responses: { '202': { statusCode: '202', responseTemplates: { 'application/json': '{"mocked":true}' } } },
    }
    const { send, origin } = await emulate({ paths: { '/things': { get: operation(mock) } } })
    expect(await send('/things')).toMatchObject({ status: 202, body: '{"mocked":true}' })
    expect(origin.seen).toEqual([])
  })
})

describe('the templates that policies are compiled to', () => {
  const documents = [
    '{"n": -1.50e3, "big": 12345678901234567890, "t": true, "f": false, "z": null}',
    '[1, "a, b", null, [], {}, [[2, [3]]], {"a": {"b": [{"c": "d"}]}}]',
    String.raw`{"q\"uo": "\\", "s": "a\\n\n{[:,]}\"'<>&", "": "", "xml": 1, "2nd": " a  b ", "_ok.-": "\u00e9 \/"}`,
    `{"$1": "$&", "#set": "#end $x ${'$'}{y}", "##": "*# #*"}`,
    '{}',
    '[]',
  ]
  const rendered = (template: string, body: string): string =>
    render(template, { input: { body }, context: { responseOverride: { header: {} } } })

  test.each(documents)('XML of %s has its data', (json) => {
    expect(representationProblem(rendered(xmlTemplate, json), 'application/xml', json, { as: 'xml' })).toBeUndefined()
  })

  test.each(documents)('compact JSON of %s has its data, as it was written', (json) => {
    const text = rendered(compactJsonTemplate, json)
    expect(JSON.parse(text)).toEqual(JSON.parse(json))
    expect(text.trim()).toBe(json.replaceAll(/("(?:[^"\\]|\\.)*")| /g, '$1'))
  })

  test('what is no JSON is handed on as it is', () => {
    expect(rendered(xmlTemplate, '<p>no</p>').trim()).toBe('<p>no</p>')
  })
})
