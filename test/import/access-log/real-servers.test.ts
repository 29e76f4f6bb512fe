/** Logs that NGINX and HAProxy write themselves, of requests of every kind. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../until.ts'
import { recordings } from '../imported.ts'

const { log } = recordings()

const isHere = (program: string): boolean => spawnSync(program, ['-v']).error === undefined

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'servers-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await until('a port is free', () => server.listening, Boolean)
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** What a client writes to a connection of its own, and all that comes back. */
function ask(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('data', (part) => {
      text += part.toString('latin1')
    })
    socket.on('close', () => resolve(text)).on('error', reject)
    socket.end(Buffer.from(bytes, 'latin1'))
  })
}

const request = (line: string, agent = 'curl/8.14.1', body = ''): string =>
  `${line} HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: ${agent}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`

const requests = [
  ...Array.from({ length: 12 }, (_, n) => request(`GET /items/${n}?secret=${n}`)),
  request('POST /orders', 'Shop/3.1 CFNetwork/1404 Darwin/22', 'x'.repeat(100)),
  request('GET /say"quoted"\\', 'agent "of" \\ quotes'),
  request('GET /caf\xc3\xa9', 'caf\xc3\xa9/1.0'),
  request('GET http://shop.example/absolute'),
  request('HEAD /items/7'),
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
]

/** Starts it, asks everything, and waits until the log has a line for each. */
async function logOf(program: string, args: readonly string[], port: number, read: () => string): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], cwd: folder })
  let output = ''
  child.stdout.on('data', (part: Buffer) => {
    output += part.toString('latin1')
  })
  try {
    const all = (): string => read() || output
    await until(
      `${program} listens`,
      () =>
        ask(port, '').then(
          () => true,
          () => false,
        ),
      Boolean,
    )
    for (const each of requests) await ask(port, each)
    const lines = (text: string): number => text.split('\n').filter((line) => line.includes('"')).length
    return await until('all are in the log', all, (text) => lines(text) >= requests.length)
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await ended
  }
}

/** `refused`: those that the server itself takes for none. */
function expectAll({ reading, scenario, text }: Awaited<ReturnType<typeof log>>, refused: number): void {
  expect(reading.tally.requests).toBe(requests.length - refused)
  expect([...reading.broken.values()].reduce((sum, { count }) => sum + count, 0)).toBeGreaterThanOrEqual(refused)
  const lines = scenario.traffic.at(-1)!.mix.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`)
  expect(lines).toContain('GET /items/{1..12}')
  expect(lines).toContain('POST /orders')
  expect(lines).toContain('GET /absolute')
  expect(lines).toContain('HEAD /items/1')
  expect(text).not.toMatch(/quoted|caf|shop\.example|127\.0\.0\.1/)
}

describe('servers of this machine', () => {
  test('NGINX: the combined format, with the time of the request', async (context) => {
    if (!isHere('nginx')) context.skip('nginx is not on PATH')
    const port = await freePort()
    mkdirSync(join(folder, 'temp'))
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/temp;`)
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
       events {}
       http {
         ${temp.join(' ')}
         log_format timed '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time';
         access_log ${folder}/access.log timed;
         server { listen 127.0.0.1:${port}; location / { return 200 "${'y'.repeat(300)}"; } }
       }`,
    )
    const written = await logOf(
      'nginx',
      ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')],
      port,
      () => readFileSync(join(folder, 'access.log'), 'latin1'),
    )
    const read = await log(Buffer.from(written, 'latin1'))
    expect(read.reading.recording).toContain('NGINX')
    expectAll(read, 1)
    expect(read.scenario.origins['imported']!.routes.find(({ path }) => path === '/orders')?.sizeBytes).toBe(300)
  })

  test('HAProxy: option httplog with captured headers', async (context) => {
    if (!isHere('haproxy')) context.skip('haproxy is not on PATH')
    const port = await freePort()
    writeFileSync(
      join(folder, 'haproxy.cfg'),
      `global
  log stdout format raw local0
defaults
  mode http
  log global
  option httplog
  timeout client 5s
  timeout server 5s
  timeout connect 5s
frontend web
  bind 127.0.0.1:${port}
  capture request header Host len 40
  capture request header User-Agent len 80
  http-request return status 200 content-type text/plain string "${'y'.repeat(300)}"
`,
    )
    const written = await logOf('haproxy', ['-f', join(folder, 'haproxy.cfg')], port, () => '')
    const read = await log(Buffer.from(written, 'latin1'))
    expect(read.reading.recording).toContain('HAProxy')
    // Bytes above 127 are no part of a target (RFC 3986), and HAProxy takes that literally.
    expectAll(read, 2)
    expect(read.clients).toEqual(expect.arrayContaining(['mobile-app', 'tool']))
  })
})
