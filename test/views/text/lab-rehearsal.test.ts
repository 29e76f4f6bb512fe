import { expect, test } from 'vitest'
import { broken, kept } from '../../../src/labs/gate/rule.ts'
import { rehearsalLines } from '../../../src/views/text/lab/gate/rule.ts'
import { sampleCast, sampleLab } from '../../labs/sample-lab.ts'

const rehearsal = { lab: sampleLab, cast: sampleCast }
const options = { columns: 120, color: false, unicode: true }
const rules = [kept('run ask: every system takes part', 'node-proxy'), broken('task fix: can be judged', 'no answer')]

test('one line for a rehearsal that went well', () => {
  expect(rehearsalLines(rehearsal, rules.slice(0, 1), 'broken', options)).toEqual([
    '✓ Lab 9 in processes (proxy node-proxy, gateway node-gateway): 1 rule kept',
  ])
})

test('what is broken is always said, what is kept of a lab that was named', () => {
  const headline = '✗ Lab 9 in processes (proxy node-proxy, gateway node-gateway): 1 of 2 rules broken'
  const wrong = ['✗ task fix: can be judged', '    no answer']
  expect(rehearsalLines(rehearsal, rules, 'broken', options)).toEqual([headline, ...wrong])
  expect(rehearsalLines(rehearsal, rules, 'every', options)).toEqual([
    headline,
    '✓ run ask: every system takes part – node-proxy',
    ...wrong,
  ])
})
