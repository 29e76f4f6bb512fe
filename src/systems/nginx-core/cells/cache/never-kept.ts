/** Which answers proxy_cache would keep, and a shared cache must not. */
import type { Location } from '../../../../policy/locations.ts'
import { consumerHeader, type Policy } from '../../../../policy/policy.ts'
import { block, type ConfNode, comment, directive } from '../../../emit/nginx-conf.ts'

/** The variables that proxy_no_cache reads: with anything in one of them an answer is not kept. */
const neverKept = {
  authorized: '$authorized_answer',
  varies: '$vary_unknown',
  variesByConsumer: '$vary_consumer',
  aged: '$aged_answer',
} as const

/**
 * The maps of proxy_no_cache. It is read when the answer's head is there, so that a map may look at both sides. Written
 * after RFC 9111 §3.5 (Authorization) and §4.1 (Vary).
 */
export function neverKeptMaps(policy: Policy): readonly ConfNode[] {
  return [
    comment('Who sends Authorization gets an answer of their own. Others may have it where the origin says so.'),
    block(
      'map',
      ['$upstream_http_cache_control|$http_authorization', neverKept.authorized],
      [
        directive('default', '1'),
        directive('~^[^|]*\\|$', ''),
        directive('~*^([^|]*,)?\\s*(public|s-maxage=[0-9]+|must-revalidate)\\s*(,[^|]*)?\\|', ''),
      ],
    ),
    comment('nginx compares what the client sent. What differs by a header of the edge’s own it would not see.'),
    block(
      'map',
      ['$upstream_http_vary', neverKept.varies],
      [directive('default', ''), directive('~*(^|,)\\s*(\\*|x-forwarded-for)\\s*(,|$)', '1')],
    ),
    ...(policy.apiKey.length > 0
      ? [
          block(
            'map',
            ['$upstream_http_vary', neverKept.variesByConsumer],
            [directive('default', ''), directive(`~*(^|,)\\s*${consumerHeader}\\s*(,|$)`, '1')],
          ),
        ]
      : []),
    comment('nginx does not take Age off the lifetime: an answer that was old when it came would be kept too long.'),
    block(
      'map',
      ['$upstream_http_age', neverKept.aged],
      [directive('default', ''), directive('~^0*[1-9][0-9]*([^0-9.]|$)', '1')],
    ),
  ]
}

/** Lines of a location that caches. */
export function keptForNobody({ cache, apiKey }: Location): readonly ConfNode[] {
  // Where the key itself travels in Authorization, the edge takes it away and the consumer is what counts.
  const authorization = apiKey?.header !== 'authorization'
  const consumerMissing = apiKey !== undefined && !cache?.key.includes('consumer')
  return [
    ...(authorization
      ? [
          comment('Neither answered from the cache nor made to wait for its lock.'),
          directive('proxy_cache_bypass', '$http_authorization'),
        ]
      : []),
    directive(
      'proxy_no_cache',
      ...(authorization ? [neverKept.authorized] : []),
      neverKept.varies,
      ...(consumerMissing ? [neverKept.variesByConsumer] : []),
      neverKept.aged,
    ),
  ]
}
