/** From the command line: a recording becomes a file, and the file a run. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { combined } from '../import/imported.ts'
import { type CommandFolder, commandFolder, ended } from './command.ts'

let folder: CommandFolder
beforeAll(async () => {
  folder = await commandFolder()
})
afterAll(() => folder.remove())

const shop = Array.from({ length: 120 }, (_, n) =>
  [
    combined(n / 40, `GET /products/${n % 20}?session=s3cr3t${n} HTTP/1.1`),
    combined(n / 40, 'PUT /carts/7 HTTP/1.1', { agent: 'okhttp/4.9.3' }),
    combined(n / 40, 'GET /wp-login.php HTTP/1.1', { status: 404 }),
  ].join(''),
).join('')

test('an access log, imported and run on what is always there', async () => {
  writeFileSync(join(folder.path, 'shop.log.gz'), gzipSync(`${shop}\x1b[2Jnonsense\n`))
  const imported = await folder.run(['import', 'access-log', 'shop.log.gz'])
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  expect(imported.stdout).toMatch(/Read 360 requests of an access log \(the combined format of NGINX and Apache\)\./)
  expect(imported.stdout).toMatch(
    /Replaced: in paths 240 numbers; 120 values of queries; 2 user agents by their kind\./,
  )
  expect(imported.stdout).toMatch(/Not counted: 1, not a line of this format\n {2}line 361: \\x1b\[2Jnonsense/)
  const text = readFileSync(join(folder.path, 'shop.yaml'), 'utf8')
  expect(text).not.toMatch(/s3cr3t|203\.0\.113|wp-login/)

  const run = await folder.run([
    'run',
    'shop.yaml',
    '--quick',
    '--runtime',
    'processes',
    '--systems',
    'direct,node-proxy',
    '--json',
    '--out',
    'run',
  ])
  expect(run).toMatchObject({ code: 0 })
  const record = JSON.parse(readFileSync(join(folder.path, 'run', 'run.json'), 'utf8'))
  const [scenario] = record.scenarios
  expect(scenario.scenario.id).toBe('shop')
  expect(run.stdout).not.toMatch(/"level":"bad"/)
}, 90_000)

describe('nothing is lost', () => {
  test('a file that is there stays, unless --force says otherwise', async () => {
    writeFileSync(join(folder.path, 'kept.log'), shop)
    writeFileSync(join(folder.path, 'kept.yaml'), 'mine\n')
    const refused = await folder.run(['import', 'access-log', 'kept.log'])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr).toMatch(/kept\.yaml is there already; nothing was written/)
    expect(readFileSync(join(folder.path, 'kept.yaml'), 'utf8')).toBe('mine\n')
    expect(await folder.run(['import', 'access-log', 'kept.log', '--force'])).toMatchObject({ code: 0 })
    expect(readFileSync(join(folder.path, 'kept.yaml'), 'utf8')).toContain('id: kept')
  })

  test('Ctrl-C in the middle leaves nothing', async () => {
    const lines = combined(1, 'GET /a HTTP/1.1').repeat(1000)
    writeFileSync(join(folder.path, 'endless.log'), lines)
    // A pipe that nobody closes: the reading waits for more.
    const { execFileSync } = await import('node:child_process')
    execFileSync('mkfifo', [join(folder.path, 'pipe')])
    const child = folder.start(['import', 'access-log', 'pipe', '--out', 'endless.yaml'])
    const end = ended(child)
    const { open } = await import('node:fs/promises')
    const pipe = await open(join(folder.path, 'pipe'), 'w')
    await pipe.write(lines)
    child.kill('SIGINT')
    const { code, stderr } = await end
    await pipe.close()
    expect([code, stderr]).toEqual([130, expect.stringMatching(/nothing was written/)])
    expect(readdirSync(folder.path).filter((name) => name.startsWith('endless.yaml'))).toEqual([])
  })
})

test('a HAR; where it goes, what it is called', async () => {
  const har = resolve('test/import/har/chromium.har')
  const imported = await folder.run(['import', 'har', har, '--out', '2 Läden.yaml', '--speed', '2'])
  expect(imported).toMatchObject({ code: 0, stderr: '' })
  expect(readFileSync(join(folder.path, '2 Läden.yaml'), 'utf8')).toMatch(/^id: laden$/m)
})

test.each([
  [['import', 'har'], 2, /missing required argument/i],
  [['import', 'har', 'gone.har'], 2, /there is no such file/],
  [['import', 'access-log', 'x', '--format', 'iis'], 2, /Allowed choices are nginx, haproxy/],
  [['import', 'access-log', 'x', '--field', 'when=ts'], 2, /Write what=key, as time=ts/],
  [['import', 'access-log', 'x', '--speed', '0'], 2, /from 0\.1 to 100/],
])('%j', async (args, code, stderr) => {
  expect(await folder.run(args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(stderr) })
})
