import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { EdgeLabError } from '../../../../src/errors.ts'
import { parseBounds } from '../../../../src/labs/file/input/condition.ts'
import { labJsonSchema } from '../../../../src/labs/file/input/input.ts'
import { listLabs } from '../../../../src/labs/file/library.ts'
import { loadLab } from '../../../../src/labs/file/load/load.ts'
import { readPlainFiles } from '../../../../src/systems/own-configuration/plain-files.ts'

const fixture = 'test/labs/fixture-lab/07-fixture'
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A copy of the fixture, with changed files. */
async function changed(changes: Readonly<Record<string, (text: string) => string>>): Promise<string> {
  const parent = mkdtempSync(join(tmpdir(), 'lab-'))
  folders.push(parent)
  const folder = join(parent, '07-fixture')
  await cp(fixture, folder, { recursive: true })
  for (const [file, change] of Object.entries(changes)) {
    const before = readFileSync(join(folder, file), 'utf8')
    const after = change(before)
    if (after === before) throw new Error(`${file} is as it was`)
    writeFileSync(join(folder, file), after)
  }
  return folder
}

async function problemsOf(folder: string): Promise<readonly string[]> {
  try {
    await loadLab(folder)
    return []
  } catch (error) {
    if (!(error instanceof EdgeLabError) || error.name !== 'badInput') throw error
    return error.problems.map(
      ({ file, line, column, path, message }) =>
        `${file.slice(folder.length + 1)}:${line}:${column} ${path}: ${message}`,
    )
  }
}

test('the JSON Schema beside the labs is current (UPDATE_GOLDEN=1 writes it)', () => {
  const path = 'labs/lab.schema.json'
  if (process.env['UPDATE_GOLDEN']) writeFileSync(path, labJsonSchema())
  expect(readFileSync(path, 'utf8')).toBe(labJsonSchema())
})

test('every lab that comes with EdgeLab loads, and they are numbered one after another', async () => {
  const labs = await listLabs()
  expect(labs.map(({ number }) => number)).toEqual(labs.map((_, index) => index + 1))
  for (const { id, folder } of labs) expect((await loadLab(folder)).id).toBe(id)
})

test('files with a byte order mark and the lines of Windows are the same lab, with the same native files', async () => {
  const windows = (text: string): string => `\ufeff${text.replaceAll('\n', '\r\n')}`
  const files = [
    'lab.yaml',
    'steps/start.md',
    'files/shop.yaml',
    'files/native/nginx/nginx.conf',
    'files/native/node-proxy/edge.json',
    'solution/native/nginx/nginx.conf',
    'solution/native/node-proxy/edge.json',
  ]
  const folder = await changed(Object.fromEntries(files.map((file) => [file, windows])))
  const { folder: _, ...lab } = await loadLab(folder)
  const { folder: __, ...asItIs } = await loadLab(fixture)
  expect(lab).toEqual(asItIs)
  for (const part of ['files/native', 'solution/native']) {
    expect(await readPlainFiles(join(folder, part))).toEqual(await readPlainFiles(join(fixture, part)))
  }
})

test('a lab is read whole: texts from their files, defaults, questions by their shape', async () => {
  const lab = await loadLab(fixture)
  expect(lab).toMatchObject({ id: 'fixture', number: 7, title: 'A fixture' })
  expect(lab.roles.map(({ name, systems }) => [name, systems])).toEqual([
    ['proxy', ['nginx', 'node-proxy']],
    ['gateway', ['node-gateway']],
  ])
  const [start, guess, ask, , , measured, fix] = lab.steps
  expect(start?.text).toContain('You ask through {{proxy}}')
  if (guess?.type !== 'predict' || ask?.type !== 'run' || fix?.type !== 'task') throw new Error('other steps')
  const [seen, requests] = guess.questions
  expect(seen?.input).toMatchObject({
    kind: 'per-role',
    options: [{ id: 'client' }, { id: 'edge', when: { not: { any: [{ is: 'present' }] } } }],
  })
  expect(requests?.input.kind).toBe('number')
  expect(ask.requests).toEqual([
    {
      as: 'web',
      method: 'GET',
      path: '/products/7',
      client: 'web',
      headers: [],
      times: 2,
      together: false,
      afterMs: 0,
    },
    {
      as: 'missing',
      method: 'GET',
      path: '/nothing',
      client: 'web',
      headers: [],
      times: 1,
      together: false,
      afterMs: 0,
    },
  ])
  expect(measured).not.toHaveProperty('requests')
  expect(fix.solution).toBe('solution')
  expect(fix.hints[1]?.text).toContain('Look for the header')
  expect(fix.checks.map(({ check }) => check.kind)).toEqual(['config', 'upstream', 'all', 'answer'])
  expect(fix.checks[1]?.check).toMatchObject({
    send: [{ as: 'web' }],
    headers: { 'x-forwarded-for': { kind: 'client-address' }, 'x-forwarded-proto': { kind: 'equals', text: 'http' } },
  })
})

describe('mistakes', () => {
  test('all at once, each in its file with line, column and what would be right', async () => {
    const folder = await changed({
      'lab.yaml': (text) =>
        text
          .replace('type: read', 'type: raed')
          .replace('text: One request goes through {{proxy}}.', 'text: One request goes through {{prxy}}.')
          .replace('label: Only the edge’s', 'labl: Only the edge’s')
          .replace('id: look', 'id: ask')
          .replace('of: ask', 'of: aks')
          .replace('about: [guess]', 'about: [gues]')
          .replace('client: web, times: 2', 'client: wep, times: 2')
          .replace('than: { fact: ask.gateway.answers', 'than: { fact: ask.gatway.answers')
          .replace('fact: ask.direct.origin.requests', 'fact: ask.direct.origin.request')
          .replace('fact: check.valid', 'fact: check.vaild')
          .replace('text: steps/hint.md', 'text: steps/hnit.md')
          .replace('states/half', 'states/hlaf')
          .replace('edit: [native/nginx/nginx.conf', 'edit: [native/nginx/ngnix.conf')
          .replace('client: web, from: 2 }', 'client: web, tmies: 2 }')
          .replace('config: { role: proxy }', 'config: { role: gateway }')
          .replace('node-proxy: native/node-proxy', 'node-proxy: native/none')
          .replace('is: lacks, than: X-Forwarded-For', 'is: lacks'),
      'steps/start.md': (text) => `${text}\nAsk localhost:8080, or {{fact ask.proxy.origin.conections}}.\n`,
      'files/shop.yaml': (text) => text.replace('rate: 50/s', 'rate: 50'),
      'files/native/nginx/nginx.conf': (text) => text.replace('listen {{listen}}', 'listen 8080'),
    })
    expect(await problemsOf(folder)).toMatchInlineSnapshot(`
      [
        "lab.yaml:13:48 roles.proxy.native.node-proxy: there is no folder files/native/none with files in it",
        "lab.yaml:20:11 steps.0.type: “raed” is not a type of step; there are read, predict, run, observe, explain, task, quiz",
        "lab.yaml:27:11 steps.1.text: {{prxy}} is neither a role nor a fact; did you mean “proxy”?",
        "lab.yaml:38:13 steps.1.questions.0.options.1.label: “label” is missing",
        "lab.yaml:38:31 steps.1.questions.0.options.1.labl: “labl” is not a key here; did you mean “label”?",
        "lab.yaml:52:20 steps.2.show.0.arrived: there is no request of this run “web”; did you mean “wep”?",
        "lab.yaml:53:20 steps.2.show.1.answers: there is no request of this run “web”; did you mean “wep”?",
        "lab.yaml:56:9 steps.3.id: there is another step “ask”: ids are unique in a lab",
        "lab.yaml:59:9 steps.3.of: there is no run step “aks”; did you mean “ask”?",
        "lab.yaml:67:29 steps.3.questions.0.options.0.when.fact: ask.proxy.answers.web.0.status: there is no request of this run “web”; did you mean “wep”?",
        "lab.yaml:67:84 steps.3.questions.0.options.0.when.than.fact: ask.gatway.answers.web.0.status: there is no role that ask goes through “gatway”; did you mean “gateway”?",
        "lab.yaml:74:13 steps.4.about.0: there is no predict step “gues”; did you mean “guess”?",
        "lab.yaml:97:12 steps.6.edit.0: there is no file below files/ “native/nginx/ngnix.conf”; did you mean “native/nginx/nginx.conf”?",
        "lab.yaml:103:25 steps.6.checks.0.config.role: there is no role of this task “gateway”; known are proxy, direct",
        "lab.yaml:108:57 steps.6.checks.1.upstream.send.tmies: “tmies” is not a key here; did you mean “times”?",
        "lab.yaml:117:25 steps.6.checks.3.answer.fact: ask.direct.origin.request: nothing of origin has this name",
        "lab.yaml:121:15 steps.6.hints.0.when.any.0: “lacks” needs something to compare with: than: …",
        "lab.yaml:124:15 steps.6.hints.1.text: there is no file steps/hnit.md; did you mean “steps/hint.md”?",
        "lab.yaml:127:14 steps.6.states.0: there is no folder states/hlaf with files in it",
        "files/native/nginx/nginx.conf:21:16 : 8080 is a literal port: ports are chosen anew for every run",
        "files/shop.yaml:16:40 traffic.0.rate: 50 is not a rate: write 10/s or 30/m, above 0",
        "steps/start.md:3:14 : 8080 is a literal port: ports are chosen anew for every run",
      ]
    `)
  })

  test.each<[string, Readonly<Record<string, (text: string) => string>>, string]>([
    ['a path out of the lab', { 'lab.yaml': (text) => text.replace('states/half', '../../half') }, 'not a path below'],
    ['a check of no kind', { 'lab.yaml': (text) => text.replace('config: { role: proxy }', '') }, 'a check has one of'],
    [
      'a bound that is none',
      {
        'lab.yaml': (text) =>
          text.replace('headers: { x-forwarded-for', 'requests: "10%"\n          headers: { x-forwarded-for'),
      },
      '“10%” is not a number of things',
    ],
    [
      'a native folder of another system',
      { 'lab.yaml': (text) => text.replace('native: { nginx:', 'native: { nginx-lua:') },
      'not among the systems',
    ],
    [
      'a title, and the why of an answer, that speak of nobody',
      {
        'lab.yaml': (text) =>
          text
            .replace('title: Recall', 'title: Recall {{prxy}}')
            .replace('why: It is the origin’s client.', 'why: "{{ prxy }} is its client."'),
      },
      'lab.yaml:136:12 steps.7.title: {{prxy}} is neither a role nor a fact; did you mean “proxy”?\nlab.yaml:142:62 steps.7.questions.0.options.1.why: {{ prxy }}',
    ],
    [
      'a file where words are shown as they are',
      { 'lab.yaml': (text) => text.replace('prompt: Why does the origin see what it sees?', 'prompt: steps/start.md') },
      'steps.4.prompt: no file is read here: write the words of steps/start.md in place',
    ],
    [
      'a quiz without a right answer',
      { 'lab.yaml': (text) => text.replace('right: true, ', '') },
      'exactly one option',
    ],
    [
      'a solution that does not load',
      {
        'lab.yaml': (text) =>
          text.replace('scenario: shop.yaml\n    roles', 'scenario: native/nginx/nginx.conf\n    roles'),
      },
      'solution/native/nginx/nginx.conf',
    ],
  ])('%s', async (_, changes, message) => {
    expect((await problemsOf(await changed(changes))).join('\n')).toContain(message)
  })

  test('a look back on what comes only later, which nobody could finish', async () => {
    const folder = await changed({
      'lab.yaml': (text) => {
        const [before = '', run = '', look = '', after = ''] = text.split(/(?= {2}- id: (?:ask|look|why)\n)/)
        return [before, look, run, after].join('')
      },
    })
    expect(await problemsOf(folder)).toEqual([
      'lab.yaml:46:9 steps.2.of: the run step “ask” comes after this one, which looks back on it',
    ])
  })

  test('wrong and other solutions: their folders, who catches them, and files that no learner can edit', async () => {
    const folder = await changed({
      'lab.yaml': (text) =>
        text
          .replace('{ files: wrong/constant, caught: [address] }', '{ files: wrong/constnat, caught: [adress] }')
          .replace('{ files: wrong/claims, caught: [address] }', '{ files: wrong/claims, caught: [] }')
          .replace('also: [also/by-hand]', 'also: [also/by-hand, also/nobody]'),
    })
    expect(await problemsOf(folder)).toEqual([
      'lab.yaml:129:18 steps.6.wrong.0.files: there is no folder wrong/constnat with files in it',
      'lab.yaml:129:43 steps.6.wrong.0.caught.0: there is no check of this task “adress”; did you mean “address”?',
      'lab.yaml:130:40 steps.6.wrong.1.caught: should have at least 1 item',
      'lab.yaml:132:26 steps.6.also.1: there is no folder also/nobody with files in it',
    ])
    const shorter = await changed({
      'lab.yaml': (text) => text.replace('edit: [native/nginx/nginx.conf, ', 'edit: ['),
    })
    expect((await problemsOf(shorter)).map((problem) => problem.split(' ').slice(1, 4).join(' '))).toEqual([
      'steps.6.solution: solution holds',
      'steps.6.states.0: states/half holds',
      'steps.6.wrong.0.files: wrong/constant holds',
      'steps.6.wrong.1.files: wrong/claims holds',
      'steps.6.also.0: also/by-hand holds',
    ])
  })

  test('roles that are to differ, words of systems in texts, and what checks rest on', async () => {
    const folder = await changed({
      'lab.yaml': (text) =>
        text
          .replace('systems: [node-gateway]', 'systems: [node-gateway]\n    differs: { from: proxi, in: coalescing }')
          .replace('text: Change the configuration of {{proxy}}.', 'text: "{{where proxy is ngnix}}A{{otherwise}}B"')
          .replace('prompt: Why does', 'prompt: "{{end}} Why does')
          .replace('what it sees?', 'what it sees?"')
          .replace('fact: check.valid', 'fact: check.valid.words')
          .replace('x-forwarded-proto: { equals: http }', 'host: as-sent'),
    })
    expect(await problemsOf(folder)).toEqual([
      'lab.yaml:17:22 roles.gateway.differs.from: there is no role before this one “proxi”; did you mean “proxy”?',
      'lab.yaml:76:13 steps.4.prompt: {{end}} belongs to no {{where …}}',
      'lab.yaml:97:11 steps.6.text: {{where …}} has no {{end}}',
      'lab.yaml:97:11 steps.6.text: “ngnix” is not among the systems of proxy; did you mean “nginx”?',
      'lab.yaml:110:61 steps.6.checks.1.upstream.headers.host: a request of this check has no host of its own: write it into its headers',
      'lab.yaml:127:25 steps.6.failWhen.0.when.fact: check.valid.words: of a check there are check.valid, check.valid.received and check.valid.difference',
    ])
  })

  test.each([
    [
      'roles of which no two systems differ',
      'systems: [node-gateway]',
      'systems: [nginx-lua]\n    differs: { from: proxy, in: limiting }',
      'lab.yaml:17:33 roles.gateway.differs.in: no system of gateway differs from any of proxy in how a rate limit counts',
    ],
    [
      'requests from two addresses that look the same at the origin',
      'send: { get: /products/7, client: web, from: 2 }',
      'send: [{ get: /products/7, client: web, from: 2 }, { get: /products/7, client: web }]',
      'lab.yaml:108:17 steps.6.checks.1.upstream.send: requests for /products/7 differ in what is judged, and the origin tells them by their paths: ask for different ones',
    ],
  ])('%s', async (_, before, after, problem) => {
    const folder = await changed({ 'lab.yaml': (text) => text.replace(before, after) })
    expect(await problemsOf(folder)).toEqual([problem])
  })

  test('one in a list makes no others of what refers to it', async () => {
    const folder = await changed({
      'lab.yaml': (text) =>
        text
          .replace('roles: [proxy]\n    checks', 'roles: [Proxy]\n    checks')
          .replace('get: /nothing', 'get: nothing'),
    })
    expect((await problemsOf(folder)).map((problem) => problem.split(': ')[0])).toEqual([
      'lab.yaml:50:29 steps.2.requests.1.get',
      'lab.yaml:99:13 steps.6.roles.0',
    ])
  })

  test('in a request: of the method, the body and the headers, wherever it stands', async () => {
    const folder = await changed({
      'lab.yaml': (text) =>
        text
          .replace('{ get: /products/7, client: web, times: 2 }', '{ get: /a, head: /a, client: web, times: 2 }')
          .replace('{ as: missing, get: /nothing,', '{ as: missing, delete: /a, body: x,')
          .replace('get: /products/7, client: web, from: 2', 'put: /a, headers: { te: x }, client: web')
          .replace('send: { get: /products/7, client: web }, status', 'send: { pots: /a, client: web }, status'),
    })
    expect(await problemsOf(folder)).toEqual([
      'lab.yaml:49:26 steps.2.requests.0.head: “head” stands beside “get”: a line is one request',
      'lab.yaml:50:42 steps.2.requests.1.body: a body means nothing to HTTP in a request with “delete”: only post, put, patch have one',
      'lab.yaml:108:43 steps.6.checks.1.upstream.send.headers.te: “te” is a matter of the connection, which the driver sees to: leave it out',
      'lab.yaml:113:48 steps.6.checks.2.all.0.http.send.pots: “pots” is not a key here; did you mean “post”?',
    ])
  })

  test('files that are no texts of the lab are refused, those that are nobody’s are passed over', async () => {
    const folder = await changed({})
    symlinkSync('/etc/hostname', join(folder, 'solution/native/nginx/linked.conf'))
    symlinkSync('/etc', join(folder, 'files/out'))
    writeFileSync(join(folder, 'steps/large.md'), '')
    truncateSync(join(folder, 'steps/large.md'), 3 * 1024 ** 3)
    mkdirSync(join(folder, '.git'))
    writeFileSync(join(folder, '.git/config'), 'url = ssh://git@example.org:2222/lab')
    expect(await problemsOf(folder)).toEqual([
      'files/out:undefined:undefined : only plain files are used: this one leads elsewhere',
      'solution/native/nginx/linked.conf:undefined:undefined : only plain files are used: this one leads elsewhere',
      'steps/large.md:undefined:undefined : it is larger than 256 KB',
    ])
  })

  test('no lab file at all', async () => {
    const folder = await changed({})
    rmSync(join(folder, 'lab.yaml'))
    expect((await problemsOf(folder)).join()).toContain('it cannot be read')
  })

  test('a line of a good file replaced by anything is accepted or refused, never a crash', async () => {
    const lines = readFileSync(join(fixture, 'lab.yaml'), 'utf8').split('\n')
    const folder = await changed({})
    await fc.assert(
      fc.asyncProperty(fc.nat(lines.length - 1), fc.string(), async (at, text) => {
        writeFileSync(join(folder, 'lab.yaml'), lines.with(at, text).join('\n'))
        await expect(problemsOf(folder)).resolves.toBeInstanceOf(Array)
      }),
      { numRuns: 60 },
    )
  })
})

test.each<[string | number, readonly [number, number] | undefined]>([
  [3, [3, 3]],
  ['>=2', [2, Number.POSITIVE_INFINITY]],
  ['> 2', [3, Number.POSITIVE_INFINITY]],
  ['<2', [0, 1]],
  ['20±3', [17, 23]],
  ['18..22', [18, 22]],
  ['22..18', undefined],
  ['10%', undefined],
  ['some', undefined],
])('bounds %s', (written, range) => {
  expect(parseBounds(written)).toEqual(range && { least: range[0], most: range[1] })
})

test('files that a step shows are there, with the part that is named', async () => {
  const shows = (show: string) => (text: string) => text.replace('type: read\n', `type: read\n    show: ${show}\n`)
  const problems = async (show: string) => problemsOf(await changed({ 'lab.yaml': shows(show) }))
  expect(await problems('[{ file: shop.yaml, part: "policy:" }]')).toEqual([])
  expect(await problems('[{ file: shp.yaml }]')).toEqual([
    expect.stringContaining('there is no file below files/ “shp.yaml”; did you mean “shop.yaml”?'),
  ])
  expect(await problems('[{ file: shop.yaml, part: nowhere }]')).toEqual([
    expect.stringContaining('files/shop.yaml has no line with “nowhere” in it'),
  ])
})
