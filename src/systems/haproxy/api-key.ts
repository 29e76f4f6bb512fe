/** API keys by map: who holds the key that was sent, and what is said to those who have none. */
import type { ApiKey } from '../../policy/features/api-key/line.ts'
import { consumerHeader, type Policy } from '../../policy/policy.ts'
import { type CfgLine, comment, line, writeHaproxyMap } from '../emit/haproxy-cfg.ts'
import type { HaproxyCell } from './native/adds.ts'
import { at, numbered } from './native/locations.ts'
import { refusal } from './native/refusals.ts'

/** The verified consumer; not set where nobody is known. */
export const consumerVariable = 'txn.consumer'

export const apiKey: HaproxyCell<'apiKey'> = {
  support: {
    level: 'native',
    how: 'A map file from keys to names, and http-request return where there is none: rules run in the order in which they are written, so that a bad key costs nobody anything. req.hdr would take a header apart at its commas, req.fhdr does not. The keys stand in the map as plain text; a running HAProxy takes new ones through its socket.',
    docs: 'https://docs.haproxy.org/3.4/configuration.html#7.3.1-map',
  },
  adds: {
    // Only here are files named.
    global: ({ apiKey }) =>
      apiKey.length > 0 ? [comment('Names of files are relative to this one.'), line('default-path', 'config')] : [],
    files: ({ apiKey }) =>
      apiKey.map(({ consumers }, index) => ({
        path: mapFile(index),
        language: 'text',
        text: writeHaproxyMap(consumers.map(({ name, key }) => [key, name])),
      })),
    request: (policy) => ({ identify: policy.apiKey.flatMap((each, index) => keyCheck(policy, each, index)) }),
  },
  fidelity: ({ header }) => ({
    level: 'exact',
    how: `req.fhdr(${header}) through url_enc, looked up in a map with regard to case; http-request return status 401 before anything is counted. A header that came twice is nobody’s key. The origin gets ${consumerHeader} in its place.`,
  }),
}

function mapFile(index: number): string {
  return `${numbered('keys', index)}.map`
}

function keyCheck(policy: Policy, apiKey: ApiKey, index: number): readonly CfgLine[] {
  const { header } = apiKey
  if (!/^[A-Za-z0-9-]+$/.test(header)) throw new TypeError(`not a header name: ${JSON.stringify(header)}`)
  const keyed = numbered('keyed', index)
  const key = `req.fhdr(${header})`
  const refused = (reason: string, ...unless: readonly string[]): CfgLine =>
    refusal(
      401,
      { error: 'unauthorized', reason },
      { 'WWW-Authenticate': 'ApiKey realm="edge"' },
      'if',
      keyed,
      ...unless,
    )
  return [
    ...at(keyed, (location) => location.apiKey === apiKey, policy),
    refused('missing key', '!{', key, '-m', 'len', 'gt', '0', '}'),
    comment('url_enc, because no key of a map can hold a space. A header that came twice is read in two ways.'),
    line(
      ...['http-request', `set-var(${consumerVariable})`, `${key},url_enc,map_str(${mapFile(index)})`],
      ...['if', keyed, '{', `req.fhdr_cnt(${header})`, 'eq', '1', '}'],
    ),
    refused('unknown key', '!{', `var(${consumerVariable})`, '-m', 'found', '}'),
    line('http-request', 'set-header', consumerHeader, `%[var(${consumerVariable})]`, 'if', keyed),
    line('http-request', 'del-header', header, 'if', keyed),
  ]
}
