/** What every location that proxies has in common. */

import { consumerHeader } from '../../policy/policy.ts'
import { type ConfNode, comment, directive } from '../emit/nginx-conf.ts'
import { headerTitle } from './names.ts'

/** Settings of the http block: every location inherits them. */
export const proxySettings: readonly ConfNode[] = [
  comment(
    'With HTTP/1.1, an empty Connection header and keepalive in the upstream – all three – connections are reused.',
  ),
  directive('proxy_http_version', '1.1'),
  directive('proxy_connect_timeout', '2s'),
  comment(
    'By default nginx asks another instance where one fails. Failover is not part of a policy: nobody is asked again.',
  ),
  directive('proxy_next_upstream', 'off'),
  comment('Answers of up to 256 KB need no temporary file.'),
  directive('proxy_buffers', '16', '16k'),
  comment('An origin must not steer the edge: without this line X-Accel-Redirect would be obeyed.'),
  directive(
    'proxy_ignore_headers',
    'X-Accel-Redirect',
    'X-Accel-Expires',
    'X-Accel-Limit-Rate',
    'X-Accel-Buffering',
    'X-Accel-Charset',
  ),
]

/**
 * The request headers that an origin gets instead of the client's. The whole list in every location: one
 * proxy_set_header of its own makes a location lose all that it would inherit. `consumer` is the variable with the
 * verified consumer or empty; `more` are headers that cells set or, with an empty value, take away.
 */
export function requestHeaders(
  consumer: string,
  more: readonly (readonly [name: string, value: string])[],
  uncompressed: boolean,
): readonly ConfNode[] {
  const set = (name: string, value: string): ConfNode => directive('proxy_set_header', name, value)
  return [
    comment('The whole list: with one line of its own a location inherits none.'),
    set('Host', '$http_host'),
    set('Connection', ''),
    set('X-Forwarded-For', '$proxy_add_x_forwarded_for'),
    set('X-Forwarded-Proto', '$scheme'),
    set(headerTitle(consumerHeader), consumer),
    ...more.map(([name, value]) => set(headerTitle(name), value)),
    ...(uncompressed
      ? [
          comment(
            'Compressed, an answer could be kept for a client that cannot read it, and could not be transformed.',
          ),
          set('Accept-Encoding', ''),
        ]
      : []),
  ]
}
