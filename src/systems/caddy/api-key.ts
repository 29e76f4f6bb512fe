/** API keys by map: whose key was sent, and what is said to those who have none. */
import type { ApiKey } from '../../policy/features/api-key/line.ts'
import { consumerHeader } from '../../policy/policy.ts'
import { headerValue } from '../emit/http-header.ts'
import type { CaddyCell, LocationParts, Module } from './native/adds.ts'
import { answer } from './native/answers.ts'
import { headerPlaceholder, literal } from './native/placeholders.ts'

export const apiKey: CaddyCell<'apiKey'> = {
  support: {
    level: 'native',
    how: 'A map from the header to a name, and a static 401 where there is none. It is exact: the case counts, and of two headers neither passes. It is lazy, too: a name is looked up when it is read, and a key that was deleted before that is nobody’s. So the name is set and the key taken away in reverse_proxy, where a client’s Connection header cannot undo it either. The keys stand in the configuration as plain text.',
    docs: 'https://caddyserver.com/docs/json/apps/http/servers/routes/handle/map/',
  },
  adds: {
    first: ({ apiKey }) => apiKey.map((line, index) => keyMap(line, namesOf(index))),
    location: ({ apiKey }, policy): LocationParts =>
      apiKey
        ? identified(apiKey, policy.apiKey.indexOf(apiKey))
        : // Whoever is nobody must not say who it is.
          { headers: { delete: [consumerHeader] } },
  },
  fidelity: ({ header }) => ({
    level: 'exact',
    how: `map from ${headerPlaceholder(header)} to the consumer, a route that answers 401 where it is empty, and in reverse_proxy ${consumerHeader} set and ${header} deleted.`,
  }),
}

interface Names {
  readonly consumer: string
  readonly problem: string
  /** Of the reverse_proxy that passes the name on. */
  readonly proxy: string
}

/** Placeholders of an apiKey line: `{consumer}`, `{consumer_2}` … */
function namesOf(index: number): Names {
  const suffix = index === 0 ? '' : `_${index + 1}`
  return { consumer: `{consumer${suffix}}`, problem: `{key_problem${suffix}}`, proxy: `by consumer${suffix}` }
}

function keyMap({ header, consumers }: ApiKey, { consumer, problem }: Names): Module {
  return {
    handler: 'map',
    source: headerPlaceholder(header),
    destinations: [consumer, problem],
    mappings: [
      ...consumers.map(({ name, key }) => ({ input: key, outputs: [literal(headerValue(name)), ''] })),
      { input: '', outputs: ['', 'missing key'] },
    ],
    defaults: ['', 'unknown key'],
  }
}

function identified({ header }: ApiKey, index: number): LocationParts {
  const { consumer, problem, proxy } = namesOf(index)
  const body = `${literal('{"error":"unauthorized","reason":"')}${problem}${literal('"}')}`
  return {
    refusals: [
      {
        match: { vars: { [consumer]: [''] } },
        answer: answer(401, body, { 'WWW-Authenticate': 'ApiKey realm="edge"' }),
      },
    ],
    headers: { set: { [consumerHeader]: [consumer] }, delete: [header] },
    apart: proxy,
  }
}
