import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { renderHtml } from '../../../src/views/html/render.tsx'
import type { ReportModel } from '../../../src/views/model.ts'
import { sampleModel } from '../sample-model.ts'

let html = ''
beforeAll(async () => {
  html = await renderHtml(sampleModel)
})

/** Contents of the elements of a name; enough for markup that React wrote. */
function contents(element: string, attributes = ''): string[] {
  return [...html.matchAll(new RegExp(`<${element}(?=[ >])[^>]*${attributes}[^>]*>(.*?)</${element}>`, 'gs'))].map(
    ([, text = '']) => text,
  )
}

test('the same record gives the same bytes', async () => {
  expect(await renderHtml(sampleModel)).toBe(html)
  const copy = JSON.parse(JSON.stringify(sampleModel)) as ReportModel
  expect(await renderHtml(copy)).toBe(html)
})

test('a policy forbids everything but what is inside the file', () => {
  expect(html).toContain('http-equiv="Content-Security-Policy" content="default-src &#x27;none&#x27;;')
  expect(html).not.toMatch(/<(link|iframe|object|embed|base|form)[ >]/)
  const sources = [...html.matchAll(/<[a-z]+ [^>]*?\b(?:src|srcset|data|poster)="([^"]*)"/g)].map(([, url = '']) => url)
  expect(sources).toHaveLength(3)
  for (const url of sources) expect(url).toMatch(/^data:image\/webp;base64,/)
})

test('the first screen: question, verdict, comparison, what was held equal', () => {
  const [answer = ''] = contents('section', 'id="answer"')
  const order = [
    '<h1>Is an API gateway',
    'class="lead">For what these',
    '>What each of them did</caption>',
    '>nginx</th>',
  ]
  const places = order.map((text) => html.indexOf(text))
  expect(places.every((place) => place > 0)).toBe(true)
  expect([...places].sort((a, b) => a - b)).toEqual(places)
  expect(answer).not.toBe('')
  expect(html).toContain('>What was held equal</h2>')
  expect(html).toContain('1 of 3 expectations were met, 1 was broken, 1 could not be judged.')
})

test('every finding has a section with a stable id, and every link a target', () => {
  const ids = new Set([...html.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id))
  for (const id of ['answer', 'caching', 'rate-limit', 'expectations', 'proof', 'configurations', 'provenance']) {
    expect(ids).toContain(id)
  }
  for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
})

test('every table has a caption and scoped heads, every picture words', () => {
  for (const table of contents('table')) {
    expect(table).toMatch(/^<caption[^>]*>[^<]+<\/caption>/)
    expect(table).toContain('scope="col"')
    expect(table).not.toMatch(/<th(?=[ >])(?! scope)/)
  }
  const plots = html.match(/<div class="plot"[^>]*>/g) ?? []
  expect(plots).toHaveLength(3)
  for (const plot of plots) expect(plot).toMatch(/role="img" aria-label="[^"]{40,}"/)
})

test('hostile text stays text, and what cannot be shown is spelled out', () => {
  expect(html).not.toContain('<script>window.__pwned')
  expect(html).not.toContain('<img src=x')
  expect(html).toContain('&lt;script&gt;window.__pwned = 1&lt;/script&gt;&lt;img src=x')
  expect(html).toContain('\\x1b[2J')
  expect(html.replaceAll(/<script>.*?<\/script>/gs, '')).not.toMatch(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u2028]/,
  )
})

test('quotes stand plain in text, and as entities in attributes alone', () => {
  const page = html.replaceAll(/<script.*?<\/script>/gs, '')
  expect(page).not.toMatch(/>[^<]*&(quot|#x27);/)
  expect(page).toContain('unknown directive "content_by_lua_file"')
  expect(page).toMatch(/<meta [^>]*content="[^"]*&#x27;none&#x27;/)
})

test('the record inside is the record', () => {
  const [packed = ''] = contents('script', 'id="record"')
  expect(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString())).toEqual(
    JSON.parse(JSON.stringify(sampleModel.record)),
  )
})

test('charts are data for the script', () => {
  const configs = contents('script', 'type="application/json"').filter((text) => text.includes('"datasets"'))
  expect(configs.map((text) => JSON.parse(text).type)).toEqual(['line', 'bar', 'line'])
})

test('a run without findings or subjects still makes a page', async () => {
  const empty: ReportModel = { record: { ...sampleModel.record, scenarios: [] }, findings: [], judgements: [] }
  expect(await renderHtml(empty)).toContain('id="provenance"')
})
