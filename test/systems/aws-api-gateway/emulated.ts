/** The emulator in this process, with a definition of its own and an origin behind it. */
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach } from 'vitest'
import { createApi } from '../../../src/systems/aws-api-gateway/program/api.ts'
import { readFiles } from '../../../src/systems/aws-api-gateway/program/definition/read-files.ts'
import { createApiServer } from '../../../src/systems/aws-api-gateway/program/server.ts'
import { type Answer, exchange, startOrigin, type TestOrigin } from '../running-edge.ts'

type Json = Readonly<Record<string, unknown>>

export interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

export interface Emulated {
  readonly send: (path: string, asked?: Asked) => Promise<Answer>
  readonly origin: TestOrigin
}

const started: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of started.splice(0).reverse()) await stop()
})

/** An operation of `http_proxy` to the origin, with what is laid over its integration and itself. */
export function operation(integration: Json = {}, more: Json = {}): Json {
  return {
    'x-amazon-apigateway-integration': {
      type: 'http_proxy',
      httpMethod: 'ANY',
      uri: originAt('/things'),
      ...integration,
    },
    ...more,
  }
}

/** The origin’s host stands in a variable of the stage. */
export function originAt(path: string): string {
  return 'http://$'.concat('{stageVariables.origin}', path)
}

export const anyMethod = 'x-amazon-apigateway-any-method'

/** `stage`: laid over its `Stage`; `rest` over the whole file. */
export interface Definition {
  readonly paths: Json
  readonly document?: Json
  readonly stage?: Json
  readonly rest?: Json
}

export function filesOf({ paths, document = {}, stage = {}, rest = {} }: Definition, origin = '127.0.0.1:9') {
  return {
    document: JSON.stringify({ openapi: '3.0.1', info: { title: 'things', version: '1' }, paths, ...document }),
    stage: JSON.stringify({
      ApiType: 'REST',
      Stage: {
        StageName: 'live',
        Variables: { origin: 'origin.internal' },
        CacheClusterEnabled: false,
        CacheClusterSize: '0.5',
        MethodSettings: [],
        ...stage,
      },
      ApiKeys: [],
      UsagePlans: [],
      Account: { RateLimit: 10_000, BurstLimit: 5000 },
      Emulator: { Listen: '127.0.0.1:0', LoadBalancers: { 'origin.internal': [origin] } },
      ...rest,
    }),
  }
}

export async function emulate(definition: Definition, listener: RequestListener = saysOk): Promise<Emulated> {
  const origin = await startOrigin(listener)
  started.push(origin.close)
  const api = createApi(readFiles(filesOf(definition, `127.0.0.1:${origin.address.port}`)))
  const server = createApiServer(api).listen(0, '127.0.0.1')
  await once(server, 'listening')
  started.push(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    await api.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    origin,
    send: (path, { method = 'GET', headers = {}, body } = {}) =>
      exchange({ host: '127.0.0.1', port }, path, headers, method, body),
  }
}

export const saysOk: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/json')
  response.end('{"ok":true}')
}

/** Keys and one usage plan, as members of the stage file. */
export function keysAndPlan(keys: Readonly<Record<string, string>>, plan: Json = {}): Json {
  return {
    ApiKeys: Object.entries(keys).map(([Id, Value]) => ({ Id, Name: Id, Value, Enabled: true })),
    UsagePlans: [{ UsagePlanName: 'plan', ApiStages: [{ Stage: 'live' }], KeyIds: Object.keys(keys), ...plan }],
  }
}

export const wantsKey = { security: [{ api_key: [] }] }
