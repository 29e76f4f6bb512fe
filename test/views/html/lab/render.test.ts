import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import type { LabReport } from '../../../../src/views/html/lab/lab-report.ts'
import { renderLabHtml } from '../../../../src/views/html/lab/render.tsx'
import { fixtureCast, fixtureLab, fixtureProgress, freshPages, fixtureReport as report } from '../../lab-fixture.ts'

let html = ''
let text = ''
beforeAll(async () => {
  html = await renderLabHtml(report)
  // What a reader sees, near enough for markup that React wrote.
  text = html
    .replaceAll(/<(script|style)\b.*?<\/\1>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
})

test('the same report gives the same bytes', async () => {
  expect(await renderLabHtml(JSON.parse(JSON.stringify(report)) as LabReport)).toBe(html)
})

test('the most instructive gap leads: sure, and otherwise', () => {
  expect(html).toContain(
    '<p class="lead">What does the customer get? (node-proxy) You said “200”, very sure; it came out as “429”.</p>',
  )
  expect(text).toContain('Of 2 predictions, 1 came out as you said and 1 did not.')
  const rows = [...html.matchAll(/<tr><th scope="row" class="left">(What does|How many).*?<\/tr>/gs)].map(([row]) =>
    row.replaceAll(/<[^>]+>/g, '|').replaceAll(/\|+/g, '|'),
  )
  expect(rows).toEqual([
    '|What does the customer get?|node-proxy|200|very|429|✗ wrong|',
    '|How many of the 41 requests does the origin see?|1 requests|very|the run could not tell|? the run cannot tell|',
    '|What does the customer get?|nginx-early|200|very|200|✓ right|',
  ])
})

test('every step has a section, and every link a target', () => {
  const ids = new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id))
  for (const { id } of fixtureLab.steps) expect(ids).toContain(`step-${id}`)
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, target = '']) => target)
  expect(targets.length).toBeGreaterThan(7)
  for (const target of targets) expect(ids).toContain(target)
})

test('results, answers, outcomes, changes, hints, quiz and provenance are there', () => {
  for (const part of [
    'What came back, and what the origin saw',
    'It counts first.',
    'In your run the limiter came first',
    'The explanation NGINX runs its modules in phases .',
    'Another way: rewrite phase',
    'return 401;',
    'The checks were judged 3 times, one hint was opened; all of them are right.',
    'Look at the order of the phases',
    '✓ right The customer is served while somebody hammers',
    'Identity has to be established before it can be counted.',
    'nginx/1.26.3',
    'nginx cannot run here: not on PATH',
    'processes: Docker is not running',
    '2026-11-24T10:00:00.000Z',
  ]) {
    expect(text).toContain(part)
  }
  expect(html).toContain('<span class="bad">- limit_req zone=all;</span>')
  expect(html).toContain('<span class="good">+ limit_req zone=all;</span>')
})

test('evidence stands on the page once', () => {
  expect(html.match(/<caption[^>]*>What came back, and what the origin saw</g)).toHaveLength(2)
  expect(html).toContain('<a href="#step-ask">the run itself</a>')
})

test('hostile text stays text, and what cannot be shown is spelled out', () => {
  expect(html).not.toContain('<script>window.__pwned')
  expect(html).not.toContain('<img src=x')
  expect(html).toContain('&lt;script&gt;window.__pwned = 1&lt;/script&gt;&lt;img src=x')
  expect(html.replaceAll(/<script>.*?<\/script>/gs, '')).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028]/,
  )
})

test('Markdown becomes elements, and markup in it stays text', async () => {
  const texts = [
    '## A head\n\nSome `code <b>` and **strong** *words*, [a page](https://example.org/a), [a trap](javascript:alert(1)).',
    '<img src=x onerror=alert(1)>\n\n1. one\n2. two\n\n> said\n\n```nginx\nlimit_req <zone>;\n```\n\n| a | b |\n|---|---|\n| <i>1</i> | 2 |',
  ]
  const page = await renderLabHtml({ ...report, pages: [{ ...freshPages[0]!, done: true, text: texts.join('\n\n') }] })
  expect(page).toContain('<h4>A head</h4>')
  expect(page).toContain('<code>code &lt;b&gt;</code>')
  expect(page).toContain('<strong>strong</strong> <em>words</em>')
  expect(page).toContain('<a href="https://example.org/a" rel="noreferrer">a page</a>, a trap.')
  expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(page).toContain('<ol start="1"><li>one</li><li>two</li></ol>')
  expect(page).toContain('<blockquote><p>said</p></blockquote>')
  expect(page).toContain('<pre><code>limit_req &lt;zone&gt;;</code></pre>')
  expect(page).toContain('<td>&lt;i&gt;1&lt;/i&gt;</td>')
})

test('a lab that was only begun gives away nothing', async () => {
  const page = await renderLabHtml({
    ...report,
    pages: freshPages,
    progress: { ...fixtureProgress, at: 'welcome', steps: {} },
  })
  expect(page).toContain('No prediction could be held against a result yet.')
  expect(page).toContain('The lab is not finished: 7 of 7 steps are left.')
  expect(page).toContain('id="step-welcome"')
  expect(page).not.toContain('id="step-guess"')
  expect(page).not.toContain('class="plot"')
})

test('what the page carries is the learner’s progress', () => {
  const [, packed = ''] = /<script type="application\/gzip" id="record">(.*?)<\/script>/s.exec(html) ?? []
  expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())).toEqual({
    lab: 'saying-no',
    cast: fixtureCast,
    progress: fixtureProgress,
  })
})
