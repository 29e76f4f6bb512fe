import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { renderRoomHtml } from '../../../../src/views/html/workshop/room-report.tsx'
import { roomReport } from '../../../../src/workshop/summary/report.ts'
import { guesser, labs, person, roomOf } from '../../../workshop/sample-room.ts'
import { hostileText } from '../../sample-model.ts'

const truths = { address: 'not-at-all', connections: '30' }
const room = roomOf([
  guesser('Ana', { address: 'header', connections: '1' }, truths, { confidence: 3, team: 'blue' }),
  guesser('Bo', { address: 'header', connections: '31' }, truths, { confidence: 1, team: 'orange' }),
  guesser(hostileText.slice(0, 40), { address: 'not-at-all' }, truths, { confidence: 2, team: 'orange' }),
])
const page = { report: roomReport(room, labs), edgelab: '0.1.0', madeAt: '2026-11-29T13:00:00.000Z', hasNames: true }
const words = (html: string): string =>
  html
    .replaceAll(/<script.*?<\/script>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

test('the same room gives the same bytes', async () => {
  expect(await renderRoomHtml(page)).toBe(await renderRoomHtml(JSON.parse(JSON.stringify(page))))
})

test('first what most got wrong, then everything it rests on', async () => {
  const text = words(await renderRoomHtml(page))
  const order = [
    'What most got wrong: “How does the origin learn the client’s address through the reverse proxy?” 2 of 3 were wrong; 2 said “The proxy writes it into X-Forwarded-For”. On most machines it came out as “Not at all, nothing in the request says it”.',
    '3 people gave 5 answers; of 5 whose outcome is known, 2 were right. 2 were given with full confidence and wrong.',
    'Predictions and answers against results',
    'Time for each step',
    'Right answers by how sure people were',
    'Teams compared',
    'Each person',
    'Every answer is held against the runs',
  ]
  const places = order.map((part) => text.indexOf(part))
  expect(
    places.every((place) => place >= 0),
    places.join(' '),
  ).toBe(true)
  expect(places.toSorted((a, b) => a - b)).toEqual(places)
})

test('a lab that nobody began is left out; every link has its target', async () => {
  const html = await renderRoomHtml(page)
  expect(html).not.toContain('Saying no')
  const ids = new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id))
  for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
})

test('hostile names are text', async () => {
  const html = (await renderRoomHtml(page)).replaceAll(/<script[^>]*>.*?<\/script>/gs, '')
  expect(html).toContain('&lt;/script&gt;')
  expect(html).not.toContain('<script>window')
})

test('the data inside are the report', async () => {
  const [, packed = ''] = /id="record"[^>]*>([^<]*)</.exec(await renderRoomHtml(page)) ?? []
  expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())).toEqual(
    JSON.parse(JSON.stringify({ formatVersion: 1, ...page.report })),
  )
})

test('a room of nobody, and one that saw no outcome, have a report', async () => {
  const of = (participants: Parameters<typeof roomOf>[0]) =>
    renderRoomHtml({ ...page, report: roomReport(roomOf(participants), labs) })
  expect(words(await of([]))).toContain('0 people gave 0 answers; no outcome is known yet.')
  expect(words(await of([person('Ana'), guesser('Bo', { address: 'header' })]))).toContain(
    '2 people gave 1 answer; no outcome is known yet.',
  )
})
