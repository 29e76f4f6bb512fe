/** The frame of every configuration: what surrounds the servers. */
import { blank, block, type ConfNode, comment, directive, verbatim } from '../../emit/nginx-conf.ts'
import type { Site } from '../../system.ts'

/**
 * The whole file around the http block's content. Relies on `site.scratchDir` being there, empty, open to every user
 * (mode 1777) and below folders that every user may enter: started as root, nginx works as `nobody`. nginx makes the
 * folders below it itself, one level only.
 */
export function mainContext(site: Site, modules: readonly ConfNode[], http: readonly ConfNode[]): readonly ConfNode[] {
  const scratch = (name: string) => verbatim(`${site.scratchDir}/${name}`)
  return [
    comment('Written by EdgeLab from a policy.'),
    ...modules,
    comment('One worker: one state of balancing, one pool of connections to the origins, exact counts.'),
    directive('worker_processes', '1'),
    comment('A connection to the client and one to the origin for every request in flight.'),
    directive('worker_rlimit_nofile', '8192'),
    directive('pid', scratch('nginx.pid')),
    directive('error_log', 'stderr', 'warn'),
    blank,
    block('events', [], [directive('worker_connections', '4096')]),
    blank,
    block(
      'http',
      [],
      [
        directive('access_log', 'off'),
        directive('server_tokens', 'off'),
        comment('What the edge says itself is JSON.'),
        directive('default_type', 'application/json'),
        comment('The default of 1000 closes connections in the middle of a measurement.'),
        directive('keepalive_requests', '1000000'),
        blank,
        comment('All five, used or not: nginx creates them at the start, and the built-in places may be read-only.'),
        directive('client_body_temp_path', scratch('client-body')),
        directive('proxy_temp_path', scratch('proxy')),
        directive('fastcgi_temp_path', scratch('fastcgi')),
        directive('uwsgi_temp_path', scratch('uwsgi')),
        directive('scgi_temp_path', scratch('scgi')),
        blank,
        ...http,
      ],
    ),
  ]
}
