/** The filter header_mutation: what is set and removed, in this order, for all routes of a chain or for one. */
import { extension, typed, type YamlMap } from './extension.ts'

const api = 'envoy.extensions.filters.http.header_mutation.v3'

export interface Mutations {
  readonly request?: readonly YamlMap[]
  readonly response?: readonly YamlMap[]
}

/** In place of what was there. `value` may hold Envoy's substitutions (`%REQ(accept)%`): nothing of a policy stands in it. */
export function set(key: string, value: string): YamlMap {
  return { append: { header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' } }
}

/** Behind what was there. */
export function append(key: string, value: string): YamlMap {
  return { append: { header: { key, value }, append_action: 'APPEND_IF_EXISTS_OR_ADD' } }
}

export function remove(name: string): YamlMap {
  return { remove: name }
}

export function headerMutation(name: string, mutations: Mutations): YamlMap {
  return extension(name, `${api}.HeaderMutation`, inMessage(mutations))
}

export function headerMutationOfRoute(mutations: Mutations): YamlMap {
  return typed(`${api}.HeaderMutationPerRoute`, inMessage(mutations))
}

function inMessage({ request = [], response = [] }: Mutations): YamlMap {
  return {
    mutations: {
      request_mutations: request.length > 0 ? request : undefined,
      response_mutations: response.length > 0 ? response : undefined,
    },
  }
}
