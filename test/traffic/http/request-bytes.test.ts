import { describe, expect, it } from 'vitest'
import { get, type Request } from '../../../src/http/request.ts'
import { afterPath, methodToSend, pathToSend } from '../../../src/traffic/http/request-bytes.ts'
import type { DriverPlan } from '../../../src/traffic/plan.ts'
import { prepare } from '../../../src/traffic/prepare.ts'
import { closedPhase } from '../run-here.ts'

const target = { host: '127.0.0.1', port: 8080 }

describe('request bytes', () => {
  it('Host comes first and from the target, unless it is given', () => {
    expect(afterPath(target, { method: 'GET', headers: [['a', 'b']] })).toBe(
      ' HTTP/1.1\r\nhost: 127.0.0.1:8080\r\na: b\r\n\r\n',
    )
    expect(afterPath(target, { method: 'GET', headers: [['Host', 'shop']] })).toBe(' HTTP/1.1\r\nHost: shop\r\n\r\n')
  })

  it.each([
    ['x', 'a\r\nx-evil: 1'],
    ['x', 'a\nb'],
    ['x', 'a\0'],
    ['x', '\u2028'],
    ['x y', 'a'],
    ['x:', 'a'],
    ['', 'a'],
    ['x\r\ny', 'a'],
  ])('refuses the header %j: %j', (name, value) => {
    expect(() => afterPath(target, { method: 'GET', headers: [[name, value]] })).toThrow(RangeError)
  })

  it('a path cannot break out of its line', () => {
    expect(pathToSend('/a b\r\nx: y?q=ä{1..3}')).toBe('/a%20b%0D%0Ax:%20y?q=%C3%A4{1..3}')
    expect(pathToSend('/%20?a=b&c')).toBe('/%20?a=b&c')
    expect(() => pathToSend('http://elsewhere/')).toThrow(RangeError)
    expect(() => pathToSend('')).toThrow(RangeError)
  })

  it.each(['GE T', 'GET\r\n', '', 'CONNECT'])('refuses the method %j', (method) => {
    expect(() => methodToSend(method)).toThrow(RangeError)
  })
})

describe('a plan is checked before anything is sent', () => {
  const plan = { target, connections: 1, timeoutMs: 1, seed: 1 } as const
  const closedOf = (request: Request, forMs = 1) =>
    ({ ...plan, mode: 'closed', phases: [closedPhase(forMs, request)] }) as const
  const closed = closedOf(get('/'))
  it.each<[string, DriverPlan, RegExp]>([
    ['a header that breaks out', closedOf(get('/', { a: 'b\r\nc: d' })), /header “a” cannot be sent/],
    ['a path without a slash', closedOf(get('x')), /slash/],
    ['a method that breaks out', closedOf({ ...get('/'), method: 'GET /a' }), /method “GET \/a”/],
    ['no connections', { ...closed, connections: 0 }, /connections/],
    ['no timeout', { ...closed, timeoutMs: 0 }, /timeoutMs/],
    ['no duration', closedOf(get('/'), Number.NaN), /duration of every phase/],
    ['no phase', { ...closed, phases: [] }, /duration of every phase/],
    ['no such port', { ...closed, target: { host: 'a', port: 70_000 } }, /port/],
  ])('%s', (_what, wrong, says) => {
    expect(() => prepare(wrong)).toThrow(says)
  })
})
