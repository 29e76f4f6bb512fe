/** A fast origin: NGINX on one core, an answer of about 150 bytes. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Target } from '../src/traffic/plan.ts'
import { originCore, startPinned, stop } from './processes.ts'

export interface FastOrigin {
  readonly pid: number
  readonly target: Target
  readonly url: string
  stop(): Promise<void>
}

/** `keptRequests`: how many a connection may bring before it is closed; as good as any number, or NGINX’s own 1,000. */
export async function startOrigin(keptRequests = 1_000_000_000): Promise<FastOrigin> {
  const folder = await mkdtemp(join(tmpdir(), 'edgelab-bench-'))
  const port = await freePort()
  const config = join(folder, 'nginx.conf')
  await writeFile(config, configuration(folder, port, keptRequests))
  const child = startPinned(originCore, 'nginx', ['-c', config, '-p', folder, '-e', join(folder, 'error.log')])
  const url = `http://127.0.0.1:${port}/`
  await answering(url, child)
  return {
    pid: child.pid!,
    target: { host: '127.0.0.1', port },
    url,
    stop: async () => {
      await stop(child)
      await rm(folder, { recursive: true })
    },
  }
}

function configuration(folder: string, port: number, keptRequests: number): string {
  return `daemon off; master_process off; worker_processes 1; pid ${folder}/pid;
events { worker_connections 1024; }
http {
  access_log off; server_tokens off; keepalive_requests ${keptRequests}; tcp_nodelay on;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; location = /served { stub_status; } location / { default_type application/json; return 200 '{"ok":true}'; } }
}
`
}

/** Requests that it has answered so far (stub_status). */
export async function requestsServed({ url }: FastOrigin): Promise<number> {
  const told = await (await fetch(new URL('/served', url))).text()
  return Number(/^ \d+ \d+ (\d+)/m.exec(told)![1])
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  const givesUpAt = performance.now() + 15_000
  for (;;) {
    if (child.exitCode !== null) throw new Error('nginx did not start')
    const response = await fetch(url).catch((error: Error) => error)
    if (!(response instanceof Error) && response.ok) return
    if (performance.now() > givesUpAt) {
      const seen = response instanceof Error ? response.message : `status ${response.status}`
      throw new Error(`nginx did not answer within 15 s. Seen last: ${seen}`)
    }
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
