/** How fast a log of 1 GB is imported on one core, in how much memory; `wc -l` beside it, which does nothing but count. */
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '../src/scenario/schedule/random.ts'
import { clientCore, endsWithBenchmark, repository } from './processes.ts'
import { goal, median, print, table } from './table.ts'

const wantedMBps = 50
const mostMB = 200
const MB = 1024 * 1024

/** `rounds` times in turn, on a log of so many bytes. */
export async function benchImport(bytes: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'edgelab-bench-import-'))
  try {
    const log = join(folder, 'access.log')
    await writeLog(log, bytes)
    const megabytes = statSync(log).size / MB
    const imports: Spent[] = []
    const counts: Spent[] = []
    for (let round = 0; round < rounds; round += 1) {
      counts.push(await spent('wc', ['-l', log]))
      const command = [join(repository, 'dist/cli.js'), 'import', 'access-log', log, '--force']
      imports.push(await spent(process.execPath, command))
    }
    const of = (all: readonly Spent[], what: keyof Spent): number => median(all.map((each) => each[what]))
    const row = (name: string, all: readonly Spent[]): readonly string[] => [
      name,
      `${of(all, 'wallS').toFixed(2)} s`,
      `${of(all, 'cpuS').toFixed(2)} s`,
      `${(megabytes / of(all, 'wallS')).toFixed(0)} MB/s`,
      `${(megabytes / of(all, 'cpuS')).toFixed(0)} MB/s`,
      `${of(all, 'rssMB').toFixed(0)} MB`,
    ]
    table(
      [`${megabytes.toFixed(0)} MB, one core`, 'time', 'CPU', 'by time', 'by CPU', 'memory'],
      [row('edgelab import access-log', imports), row('wc -l', counts)],
    )
    // The machine's other work takes wall time away, not processor time.
    const speed = megabytes / of(imports, 'cpuS')
    goal(`${speed.toFixed(0)} MB per second of one core`, `at least ${wantedMBps}`, speed >= wantedMBps)
    const memory = Math.max(...imports.map(({ rssMB }) => rssMB))
    goal(`${memory.toFixed(0)} MB of memory at most`, `below ${mostMB}`, memory < mostMB)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Spent {
  readonly wallS: number
  readonly cpuS: number
  /** The most that was resident. */
  readonly rssMB: number
}

/** On one core, start and end of the program included; as GNU time reads it of the kernel. */
async function spent(command: string, args: readonly string[]): Promise<Spent> {
  const timed = ['-f', '%e %U %S %M', 'taskset', '-c', String(clientCore), command, ...args]
  const child = endsWithBenchmark(spawn('/usr/bin/time', timed, { stdio: ['ignore', 'ignore', 'pipe'] }))
  let text = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text += part
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${text}`)
  const [wall, user, system, kilobytes] = text.trim().split('\n').at(-1)!.split(' ').map(Number)
  return { wallS: wall!, cpuS: user! + system!, rssMB: kilobytes! / 1024 }
}

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
  'Shop/7.2 CFNetwork/1568 Darwin/24.0',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'curl/8.14.1',
]

/** A shop's log in the combined format with times: ids, UUIDs, queries, names, scanners, broken lines. */
async function writeLog(path: string, bytes: number): Promise<void> {
  const random = seededRandom(7)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
  const paths: readonly (() => string)[] = [
    () => `GET /products/${Math.floor(5000 ** random())}`,
    () => `GET /products/${Math.floor(5000 ** random())}/reviews?page=${Math.floor(random() * 9)}`,
    () => `GET /search?q=${random().toString(36).slice(2)}&lang=en`,
    () => `POST /api/v2/orders/${randomUUID()}/lines`,
    () => `GET /users/${random().toString(36).slice(2, 9)}/cart`,
    () => `GET /static/app.${Math.floor(random() * 2 ** 32).toString(16)}.js`,
    () => `GET /${random().toString(36).slice(2)}.php`,
  ]
  const output = createWriteStream(path)
  const start = Date.UTC(2026, 9, 10)
  let written = 0
  for (let line = 0; written < bytes; ) {
    let text = ''
    for (let n = 0; n < 5000; n += 1, line += 1) {
      const at = new Date(start + line * 20).toISOString()
      const address = `203.0.113.${line % 251}`
      const status = random() < 0.03 ? 404 : random() < 0.01 ? 502 : 200
      const time = `${at.slice(8, 10)}/Oct/2026:${at.slice(11, 19)} +0000`
      text +=
        random() < 0.001
          ? `${address} - - [${time}] "\\x16\\x03\\x01" 400 157 "-" "-" 0.000\n`
          : `${address} - - [${time}] "${pick(paths)()} HTTP/1.1" ${status} ${Math.floor(random() * 20_000)} "https://shop.example/" "${pick(agents)}" ${(random() / 5).toFixed(3)}\n`
    }
    written += text.length
    if (!output.write(text)) await once(output, 'drain')
  }
  output.end()
  await once(output, 'close')
  print(`A log of ${(written / MB).toFixed(0)} MB was made for it.`)
}
