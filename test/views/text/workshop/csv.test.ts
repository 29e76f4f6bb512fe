import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cell, roomCsv } from '../../../../src/views/text/workshop/csv.ts'
import { guesser, labs, person, reportsOf, roomOf } from '../../../workshop/sample-room.ts'

test('a line for each answer, in words too', () => {
  const room = roomOf([
    guesser('Ana', { address: 'header', connections: '1' }, { address: 'not-at-all' }, { confidence: 3, team: 'blue' }),
  ])
  const [head, address, connections] = roomCsv(room, labs)['answers.csv']!.split('\r\n')
  expect(head).toBe(
    'person,team,lab,step,kind,question,about,ask,answer,answer_in_words,confidence,outcome,outcome_in_words,right',
  )
  expect(address).toBe(
    'Ana,blue,one-hop,guess,predict,address,,How does the origin learn the client’s address through the reverse proxy?,header,The proxy writes it into X-Forwarded-For,3,not-at-all,"Not at all, nothing in the request says it",false',
  )
  expect(connections).toBe(
    'Ana,blue,one-hop,guess,predict,connections,,How many connections does the origin accept?,1,1 connections,3,,,',
  )
})

test('a line for each step that somebody was at, and for each figure', () => {
  const reports = reportsOf({
    'one-hop/tell': {
      from: 2,
      to: 4.5,
      hints: 1,
      checks: { right: 4, of: 5 },
      figures: { 'proxy.latency.p50Ratio': -1.5 },
    },
  })
  const files = roomCsv(roomOf([person('Ana', { reports })]), labs)
  expect(files['steps.csv']!.split('\r\n')[1]).toBe('Ana,,one-hop,tell,task,true,false,150,1,4,5')
  expect(files['figures.csv']!.split('\r\n')[1]).toBe('Ana,,one-hop,tell,proxy.latency.p50Ratio,-1.5')
})

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+cmd|calc', "'+cmd|calc"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['-5', '-5'],
  ['+3.5', '+3.5'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
])('%j', (text, expected) => {
  expect(cell(text)).toBe(expected)
})

/** RFC 4180, read independently of how it was written. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'))
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

test('whatever a name is, a cell of it is a cell, and no formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (name) => {
      const room = roomOf([person(name, { reports: reportsOf({ 'one-hop/tell': {} }) })])
      const rows = parse(roomCsv(room, labs)['steps.csv']!)
      expect(rows).toHaveLength(2)
      expect(rows[1]).toHaveLength(rows[0]!.length)
      expect([name, `'${name}`]).toContain(rows[1]![0])
      expect(rows[1]![0]).not.toMatch(/^[\s]*[=@]/)
    }),
    { numRuns: 300 },
  )
})
