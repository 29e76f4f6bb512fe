/** What those are told who have no key: the same, whoever looked for its holder, a map or a script. */
import type { ApiKey } from '../../../policy/features/api-key/line.ts'
import type { Policy } from '../../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive, ifEmpty } from '../../emit/nginx-conf.ts'
import { consumerVariable, headerVariable, numbered } from '../names.ts'

function problemVariable(index: number): string {
  return `$${numbered('key_problem', index)}`
}

function refusal(index: number): string {
  return `@${numbered('unauthorized', index)}`
}

/** A map of the http block for the line with this index: why its key is refused. */
export function keyProblem({ header }: ApiKey, index: number): ConfNode {
  return block(
    'map',
    [headerVariable(header), problemVariable(index)],
    [directive('', 'missing key'), directive('default', 'unknown key')],
  )
}

/** Lines of a location that needs a key of the line with this index; `holder` is the variable with whose key it is. */
export function onlyHolders(holder: string, index: number): readonly ConfNode[] {
  return [
    directive('set', consumerVariable, holder),
    comment('In the rewrite phase, before anything is counted: a bad key costs nobody anything.'),
    ifEmpty(consumerVariable, directive('return', '401')),
    directive('error_page', '401', refusal(index)),
  ]
}

/** Named locations of the server block. */
export function keyRefusals({ apiKey }: Policy): readonly ConfNode[] {
  return apiKey.flatMap((_, index) => [
    block(
      'location',
      [refusal(index)],
      [
        directive('add_header', 'WWW-Authenticate', 'ApiKey realm="edge"', 'always'),
        directive('return', '401', `{"error":"unauthorized","reason":"${problemVariable(index)}"}`),
      ],
    ),
    blank,
  ])
}
