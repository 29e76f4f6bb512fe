import type { ApiKey } from '../../policy/features/api-key/line.ts'
import { consumerHeader, type Policy } from '../../policy/policy.ts'
import type { KongCell, RouteAdds } from './native/adds.ts'
import { keyGroup } from './native/names.ts'

export const apiKey: KongCell<'apiKey'> = {
  support: {
    level: 'plugin',
    how: 'key-auth: consumers and their keys are entities of their own, known on every route. hide_credentials keeps a key from the origin, which gets X-Consumer-Username instead. Key checks come before limits and cache: a bad key costs nobody anything.',
    docs: 'https://developer.konghq.com/plugins/key-auth/',
  },
  adds: {
    consumers: ({ apiKey }) => consumersOf(apiKey),
    route: ({ apiKey }, policy) => (apiKey ? routeFor(apiKey, policy) : {}),
  },
  cannot: (line, { apiKey }) => {
    const taken = line.consumers.find(({ name, key }) => ownerOf(key, apiKey) !== name)
    return (
      taken && `A key belongs to one consumer on all routes of Kong, and that of ${taken.name} is another’s elsewhere`
    )
  },
  fidelity: (_, { apiKey }) => ({
    level: apiKey.length > 1 ? 'approximated' : 'exact',
    how: [
      'key-auth with hide_credentials, the key in its header alone; request-transformer passes the consumer’s name on. 401 with WWW-Authenticate: Key and Kong’s own JSON, which has a message and an id of the request.',
      apiKey.length > 1
        ? 'Keys are known on every route: acl keeps out consumers of other lines, with 403 where an unknown key gets 401.'
        : '',
    ]
      .filter(Boolean)
      .join(' '),
  }),
}

/** Who has a key: the first line that gives it to somebody counts. */
function ownerOf(key: string, lines: readonly ApiKey[]): string | undefined {
  return lines.flatMap(({ consumers }) => consumers).find((consumer) => consumer.key === key)?.name
}

/** Each name once, with every key that it has and the group of every line that knows it. */
function consumersOf(lines: readonly ApiKey[]) {
  const held = lines.flatMap(({ consumers }, index) => consumers.map(({ name, key }) => ({ name, key, index })))
  return [...Map.groupBy(held, ({ name }) => name)].map(([username, all]) => ({
    username,
    keyauth_credentials: [...new Set(all.map(({ key }) => key))].map((key) => ({ key })),
    ...(lines.length > 1 ? { acls: all.map(({ index }) => ({ group: keyGroup(index) })) } : {}),
  }))
}

function routeFor(line: ApiKey, { apiKey }: Policy): RouteAdds {
  return {
    plugins: [
      {
        name: 'key-auth',
        config: {
          key_names: [line.header],
          key_in_query: false,
          key_in_body: false,
          hide_credentials: true,
          realm: 'edge',
        },
      },
      ...(apiKey.length > 1
        ? [
            {
              name: 'acl' as const,
              config: { allow: [keyGroup(apiKey.indexOf(line))], hide_groups_header: true },
              comment: 'Keys are known on every route: only those of this one pass.',
            },
          ]
        : []),
    ],
    // key-auth has put it there, in place of what the client may have sent.
    added: { [consumerHeader]: '$(headers["x-consumer-username"])' },
  }
}
