import { expect, test } from 'vitest'
import { EdgeLabError } from '../../../../src/errors.ts'
import { readRequest, requestText } from '../../../../src/labs/session/trying/request.ts'

const clients = ['alice', 'bob']

function understood(text: string): string {
  return requestText(readRequest(text, clients))
}

function whatIsWrong(text: string): string {
  try {
    return `understood as ${understood(text)}`
  } catch (error) {
    if (!(error instanceof EdgeLabError)) throw error
    return `${error.name}: ${error.message}`
  }
}

test.each([
  ['/products/7', 'GET /products/7'],
  ['  get   /products/7  ', 'GET /products/7'],
  ['DELETE /products/7?soft=1 AS alice', 'DELETE /products/7?soft=1 as alice'],
  ['/account as bob with Accept: text/html', 'GET /account as bob with accept: text/html'],
  ['/ with x-a: with b, as c with X-B:2', 'GET / with x-a: with b, as c with x-b: 2'],
  ['/as with host: shop.example', 'GET /as with host: shop.example'],
])('%s', (text, meaning) => {
  expect(understood(text)).toBe(meaning)
  // What is kept in the history can be sent again.
  expect(understood(meaning)).toBe(meaning)
})

test.each([
  ['', 'There is no request yet.'],
  ['GET', 'The path is missing: it begins with /.'],
  ['GET as alice', 'The path is missing: it begins with /.'],
  ['GTE /x', '“GTE” is neither a path, which begins with /, nor a method; did you mean “GET”?'],
  ['/x as alcie', '“alcie” is not a client of this lab; did you mean “alice”?'],
  ['/x as somebody-else', '“somebody-else” is not a client of this lab; known are alice, bob.'],
  ['/x as', 'After “as” the client is missing; known are alice, bob.'],
  ['/x with accept', '“with accept” is not understood: a header is written as “with accept: text/html”.'],
  ['/x alice', '“alice” is not understood: after the path come “as” and “with”.'],
  ['/x with a b: c', '“with a b: c” is not understood'],
  ['/x with connection: close', 'a matter of the connection'],
  ['/x with x-a: \u001b[2J', 'printable ASCII'],
  ['/x with a: 1 with A: 2', '“a” is written twice.'],
  ['/ü', '“/ü” is not a path'],
  [`/${'x'.repeat(3000)}`, 'The path has more than 2000 characters.'],
])('%s is not understood', (text, message) => {
  expect(whatIsWrong(text)).toContain('requestUnclear: ')
  expect(whatIsWrong(text)).toContain(message)
})

test('every mistake is said at once', () => {
  const said = whatIsWrong('GTE /x as alcie with te: trailers')
  for (const word of ['GTE', 'alcie', 'te']) expect(said).toContain(`“${word}”`)
})

test('a request with everything in it', () => {
  expect(readRequest('POST /orders as alice with content-type: text/plain', clients)).toEqual({
    method: 'POST',
    path: '/orders',
    headers: [['content-type', 'text/plain']],
    client: 'alice',
  })
})
