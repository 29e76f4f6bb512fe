/** The static file: what Traefik reads once, at its start. */
import { commented, type YamlData } from '../../emit/yaml.ts'
import { hostAndPort, type Site } from '../../system.ts'
import { anonymous, entryPoint } from './shared.ts'

export const staticFile = 'traefik.yaml'
export const dynamicFile = 'dynamic.yaml'

export function staticConfiguration({ listen, configDir }: Site): YamlData {
  return {
    global: { checkNewVersion: false, sendAnonymousUsage: false },
    log: { level: 'WARN', noColor: true },
    entryPoints: {
      [entryPoint]: {
        address: hostAndPort(listen),
        transport: { lifeCycle: { graceTimeOut: '2s' } },
        http: {
          middlewares: commented('Before those of every router, so that none can lack it.', [`${anonymous}@file`]),
          aliasHeadersStrategy: commented('X_Consumer is no other way to write X-Consumer.', 'delete'),
          encodeQuerySemicolons: commented('Else a semicolon in a query reaches the origin as &.', true),
          encodedCharacters: commented(
            'Within a segment they are data. Slashes, backslashes and NUL could be more to an origin: 400.',
            {
              allowEncodedSlash: false,
              allowEncodedBackSlash: false,
              allowEncodedNullCharacter: false,
              allowEncodedSemicolon: true,
              allowEncodedPercent: true,
              allowEncodedQuestionMark: true,
              allowEncodedHash: true,
            },
          ),
        },
      },
    },
    ping: commented('Answers where a router leads to it.', { manualRouting: true }),
    serversTransport: { maxIdleConnsPerHost: 128, forwardingTimeouts: { dialTimeout: '2s' } },
    providers: { file: { filename: `${configDir}/${dynamicFile}`, watch: false } },
  }
}
