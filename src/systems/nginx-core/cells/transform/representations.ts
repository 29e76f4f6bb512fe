/** Which representation a request wants, after its Accept header. */
import type { Transform } from '../../../../policy/features/transform/line.ts'
import type { Policy } from '../../../../policy/policy.ts'
import { blank, block, type ConfNode, comment, directive } from '../../../emit/nginx-conf.ts'
import { numbered, regexText } from '../../names.ts'

/** Tells the inner server what to make. It is reached through the socket only, so no client can send it. */
export const representationHeader = 'x-edge-representation'

/** The variable with the representation that a request wants; empty where the origin's JSON is what it wants. */
export function representationVariable(policy: Policy, transform: Transform): string {
  return `$${numbered('representation', policy.transform.indexOf(transform))}`
}

/** Maps of the http block, one for each transform line. */
export function representationMaps(policy: Policy): readonly ConfNode[] {
  return policy.transform.flatMap((transform, index) => [
    ...(index === 0 ? [comment('A media type that Accept names, in any case, unless with q=0.')] : []),
    block(
      'map',
      ['$http_accept', representationVariable(policy, transform)],
      [
        directive('default', ''),
        ...transform.representations.map(({ accept, as }) =>
          directive(`~*(?:^|,)\\s*${regexText(accept)}(?!\\s*;\\s*q=0(?:\\.0*)?\\s*(?:,|$))\\s*(?:[;,]|$)`, as),
        ),
      ],
    ),
    blank,
  ])
}
