/** What the edge says where it answers itself. Answers of an origin pass as they are. */
import { commented, type YamlData } from '../../emit/yaml.ts'
import type { Refusal } from './adds.ts'
import type { YamlMap } from './extension.ts'

/** Envoy’s `local_reply_config`: of its own answers only, the first mapper that takes one counts. */
export function refusals(of: readonly Refusal[]): YamlData {
  const all: readonly Refusal[] = [...of, { status: 404, body: { error: 'not_found' } }]
  const badGateway = { body_format_override: { json_format: { error: 'bad_gateway' } } }
  return {
    mappers: [
      ...all.map(({ status, body, headers = {} }) => ({
        filter: statusIs('EQ', status),
        headers_to_add:
          Object.keys(headers).length > 0
            ? Object.entries(headers).map(([key, value]) => ({ header: { key, value } }))
            : undefined,
        body_format_override: { json_format: body },
      })),
      { filter: statusIs('EQ', 504), ...badGateway },
      commented('Whatever else kept an origin’s answer away. Envoy would say 503, and in which way it failed.', {
        filter: statusIs('GE', 500),
        status_code: 502,
        ...badGateway,
      }),
    ],
  }
}

/** Envoy wants a name under which the number could be overridden while it runs; here nothing does. */
function statusIs(op: 'EQ' | 'GE', status: number): YamlMap {
  return {
    status_code_filter: {
      comparison: { op, value: { default_value: status, runtime_key: `edge.refusals.${status}` } },
    },
  }
}
