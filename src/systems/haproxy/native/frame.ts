/** What surrounds the rules in every configuration. */
import { blank, type CfgLine, type CfgSection, comment, line, section } from '../../emit/haproxy-cfg.ts'
import { hostAndPort, readyPath, type Site } from '../../system.ts'
import { noAnswer } from './refusals.ts'

export function globalSection(more: readonly CfgLine[]): CfgSection {
  return section(
    ['global'],
    [
      comment('One thread: one state of balancing, one pool of connections to the origins, exact counts.'),
      line('nbthread', '1'),
      comment('Of clients; each may need a connection to an origin, too.'),
      line('maxconn', '2000'),
      ...more,
    ],
  )
}

export const defaultsSection: CfgSection = section(
  ['defaults'],
  [
    line('mode', 'http'),
    line('timeout', 'connect', '2s'),
    line('timeout', 'client', '60s'),
    line('timeout', 'server', '60s'),
    comment('By default a connection that fails is tried three more times, a second apart.'),
    line('retries', '0'),
    ...noAnswer,
  ],
)

/** The frontend that clients reach. */
export function edgeFrontend(site: Site, request: readonly CfgLine[], response: readonly CfgLine[]): CfgSection {
  return section(
    ['frontend', 'edge'],
    [
      line('bind', hostAndPort(site.listen)),
      line('option', 'forwardfor'),
      line('http-request', 'set-header', 'X-Forwarded-Proto', 'http'),
      line('http-request', 'return', 'status', '204', 'if', '{', 'path', readyPath, '}'),
      blank,
      ...request,
      blank,
      comment('HAProxy passes it on, but it speaks of the connection to the origin.'),
      line('http-response', 'del-header', 'Keep-Alive'),
      ...response,
    ],
  )
}
