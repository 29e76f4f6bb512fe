import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type OriginSpec, originControl } from './spec.ts'
import type { Tally } from './tally.ts'

/** The control API (see spec.ts): reads and resets the counts, makes every route fail. */
export interface Control {
  failing(): boolean
  answer(request: IncomingMessage, response: ServerResponse): void
}

export function createControl({ token }: Pick<OriginSpec, 'token'>, tally: Tally): Control {
  let failing = false
  const expected = digest(`Bearer ${token}`)
  const end = (response: ServerResponse, status: number, value?: unknown): void => {
    response.writeHead(status, value === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' })
    response.end(value === undefined ? undefined : JSON.stringify(value))
  }
  const routes: Readonly<Record<string, (body: string, response: ServerResponse) => void>> = {
    [`GET ${originControl.counts}`]: (_, response) => end(response, 200, tally.counts()),
    [`POST ${originControl.reset}`]: (_, response) => {
      tally.reset()
      end(response, 204)
    },
    [`POST ${originControl.behaviour}`]: (body, response) => {
      const wanted = failingOf(body)
      if (wanted === undefined) return end(response, 400, { error: 'expected {"failing": true or false}' })
      failing = wanted
      end(response, 204)
    },
  }
  return {
    failing: () => failing,
    answer(request, response) {
      if (request.url === originControl.ready) return end(response, 204)
      if (!timingSafeEqual(digest(request.headers.authorization ?? ''), expected))
        return end(response, 401, { error: 'unauthorized' })
      const route = routes[`${request.method} ${request.url}`]
      if (!route) return end(response, 404, { error: 'not_found' })
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => route(Buffer.concat(chunks).toString(), response))
    },
  }
}

/** Digests have one length, which is what a comparison in constant time needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function failingOf(body: string): boolean | undefined {
  try {
    const { failing } = JSON.parse(body) as { failing?: unknown }
    return typeof failing === 'boolean' ? failing : undefined
  } catch {
    return undefined
  }
}
