/** A simulated participant: joins, keeps a stream of orders open, reports. Each has a loopback address of its own. */
import { randomUUID } from 'node:crypto'
import { Agent, type RequestOptions, request } from 'node:https'
import {
  type JoinAnswer,
  type JoinRequest,
  type Orders,
  protocolHeader,
  protocolVersion,
} from '../../src/workshop/protocol/messages.ts'
import type { StepReport } from '../../src/workshop/protocol/step-report.ts'

export interface Participant {
  /** Resolves with how long the host took, in milliseconds: what is reported is on its disk then. */
  report(step: string): Promise<number>
  close(): void
}

/** Joined, and with its stream open, when it resolves. Rejects where the host does not answer as it should. */
export async function joinAs(
  index: number,
  address: string,
  passcode: string,
  heard: (orders: Orders) => void,
): Promise<Participant> {
  const agent = new Agent({ keepAlive: true })
  const options: RequestOptions = {
    agent,
    rejectUnauthorized: false,
    headers: { [protocolHeader]: String(protocolVersion) },
    localAddress: `127.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`,
  }
  const { token } = JSON.parse(
    await post(`https://${address}/v1/join`, options, joining(index, passcode)),
  ) as JoinAnswer
  const authorized = {
    ...options,
    headers: { ...(options.headers as Record<string, string>), authorization: `Bearer ${token}` },
  }
  await listen(`https://${address}/v1/orders`, authorized, heard)
  let seq = 0
  return {
    report: async (step) => {
      seq += 1
      const sentAt = performance.now()
      await post(`https://${address}/v1/reports`, authorized, { reports: [reportOf(seq, step)] })
      return performance.now() - sentAt
    },
    close: () => agent.destroy(),
  }
}

function joining(index: number, passcode: string): JoinRequest {
  const systems = ['nginx', 'haproxy', 'envoy', 'traefik', 'caddy', 'node-proxy', 'node-gateway']
  return {
    passcode,
    participant: randomUUID(),
    name: `Participant ${index + 1}`,
    team: null,
    machine: { version: '0.1.0', runtime: 'processes', systems },
  }
}

/** As large as those of a step with questions for each role, and of a run. */
function reportOf(seq: number, step: string): StepReport {
  const names = Array.from({ length: 8 }, (_, index) => `question-${index}.proxy`)
  return {
    seq,
    at: new Date().toISOString(),
    lab: 'one-hop',
    step,
    answers: Object.fromEntries(names.map((name) => [name, 'replaced'])),
    confidence: 2,
    truths: Object.fromEntries(names.map((name) => [name, 'kept'])),
    figures: Object.fromEntries(names.map((name, index) => [`${name}.latency.p50`, index * 1.234567])),
    checks: { right: 2, of: 3 },
    hints: 1,
    done: true,
    skipped: false,
  }
}

function post(url: string, options: RequestOptions, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json', ...(options.headers as Record<string, string>) }
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, method: 'POST', headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`${url} was answered with ${response.statusCode}: ${text}`))
      })
    })
    asked.on('error', reject)
    asked.end(JSON.stringify(body))
  })
}

function listen(url: string, options: RequestOptions, heard: (orders: Orders) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, (response) => {
      if (response.statusCode !== 200) return reject(new Error(`${url} was answered with ${response.statusCode}`))
      let rest = ''
      response.setEncoding('utf8').on('data', (part: string) => {
        const events = (rest + part).split('\n\n')
        rest = events.pop()!
        for (const event of events) heard(JSON.parse(event.replace(/^data: /, '')) as Orders)
      })
      // The bench closes what is open at its end.
      response.on('error', () => {})
      resolve()
    })
    asked.on('error', reject)
    asked.end()
  })
}
