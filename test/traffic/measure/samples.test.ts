import { expect, it } from 'vitest'
import { answer, rawServer } from '../raw-server.ts'
import { burst, openPlan, runHere, steady } from '../run-here.ts'

it('keeps the first answer of each phase, client and status', async () => {
  let count = 0
  await using server = await rawServer((socket, request) => {
    count += 1
    const status = request.startsWith('GET /b') && count % 2 === 0 ? '429 Too Many Requests' : '200 OK'
    socket.write(answer(`“${count}”`, 'X-Twice: 1\r\nX-Twice: 2\r\n').replace('200 OK', status))
  })
  const { samples } = await runHere(openPlan(server.target, [steady(200, 300, '/a', '/b'), burst(4, 50, '/c')]))
  const kinds = samples.map(({ phase, client, status }) => `${phase} ${client} ${status}`).toSorted()
  expect(kinds).toEqual(['burst web 200', 'steady app 200', 'steady app 429', 'steady web 200'])
  for (const { body, headers, truncated, request } of samples) {
    expect(body).toMatch(/^“\d+”$/)
    expect(request).toMatchObject({ method: 'GET', path: expect.stringMatching(/^\/[abc]$/) })
    expect(request.headers).toHaveLength(1)
    expect(headers.filter(([name]) => name === 'X-Twice')).toEqual([
      ['X-Twice', '1'],
      ['X-Twice', '2'],
    ])
    expect(truncated).toBe(false)
  }
})

it('cuts a body at 256 KiB and says so', async () => {
  await using server = await rawServer((socket) => socket.write(answer('x'.repeat(300 * 1024))))
  const { samples, series } = await runHere(openPlan(server.target, [burst(2, 10, '/a')]))
  expect(samples).toMatchObject([{ truncated: true, body: 'x'.repeat(256 * 1024) }])
  expect(series[0]?.bodyBytes).toBe(2 * 300 * 1024)
})

it('an answer that breaks off is no sample; the next one is', async () => {
  let count = 0
  await using server = await rawServer((socket) => {
    count += 1
    if (count === 1) socket.end(answer('broken off').slice(0, -3))
    else socket.write(answer('whole'))
  })
  const { samples } = await runHere(openPlan(server.target, [burst(3, 10, '/a')], { connections: 1 }))
  expect(samples).toMatchObject([{ body: 'whole' }])
})

it('a target that makes up cache words does not make up series', async () => {
  let count = 0
  await using server = await rawServer((socket) => {
    count += 1
    socket.write(answer('', `x-cache: word-${count}\r\n`))
  })
  const { series, answered } = await runHere(openPlan(server.target, [burst(200, 10, '/a')]))
  expect(answered).toBe(200)
  expect(new Set(series.map(({ cache }) => cache)).size).toBe(65)
})

it('where bodies are looked at, keeps each different one with how many answers had it, and of other paths the first', async () => {
  let count = 0
  await using server = await rawServer((socket, request) => {
    count += 1
    const own = count % 4 === 0 ? 'another’s' : 'one’s own'
    socket.write(answer(request.startsWith('GET /a') ? own : `news ${count}`))
  })
  const phases = [burst(12, 50, '/a'), { ...burst(12, 50, '/news'), phase: 'later' }]
  const plan = { ...openPlan(server.target, phases, { connections: 1 }), sampling: { everyBodyOf: ['/a'] } }
  const { samples } = await runHere(plan)
  expect(samples.map(({ body, count: answers }) => `${body} ${answers}`).toSorted()).toEqual([
    'another’s 3',
    'news 13 undefined',
    'one’s own 9',
  ])
})
