/** Bodies that do not fit into what Envoy would hold by itself (1 MB). */
import { expect, test } from 'vitest'
import { envoy } from '../../../src/systems/envoy/index.ts'
import { withSystem } from '../each-system.ts'

const routes = [{ path: '/', origin: 'a' }]
const transform = [{ path: '/', representations: [{ accept: 'application/xml', as: 'xml' as const }] }]
const cache = [{ path: '/', ttlMs: 60_000, key: ['path'] as const, coalesce: true, staleOnErrorMs: 0 }]
const accept = { accept: 'application/xml' }

withSystem(envoy, ({ origin, edge }) => {
  test('a transform takes 16 MB, behind a cache as well; more is a 502 for who wants it, and passes for others', async () => {
    const a = await origin((incoming, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify('x'.repeat(Number(incoming.url!.slice(1)) * 1024 * 1024)))
    })
    for (const policy of [
      { routes, transform },
      { routes, transform, cache },
    ]) {
      const { send } = await edge(policy, { a: [a] })
      expect((await send('/3', accept)).body).toMatch(/^<\?xml .*\n<response>x{3145728}<\/response>\n$/)
      expect(await send('/17', accept)).toMatchObject({ status: 502, body: '{"error":"bad_gateway"}\n' })
      expect((await send('/17')).body.length).toBe(17 * 1024 * 1024 + 2)
    }
  })
})
