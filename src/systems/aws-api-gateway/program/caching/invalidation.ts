/** What becomes of a client’s `Cache-Control: max-age=0`. */
import { BlockList, isIP } from 'node:net'
import type { Call } from '../call.ts'
import type { ResourcePolicy } from '../definition/document-shape.ts'

/** `renew`: the origin is asked and the entry replaced. `warn`: the header is passed over, and the answer says so. */
export type Invalidation = 'none' | 'renew' | 'warn' | 'forbidden'

export function invalidationOf(call: Call, policy: ResourcePolicy | undefined): Invalidation {
  const wanted = /(?:^|,)\s*max-age\s*=\s*0\s*(?:,|$)/i.test(call.headers['cache-control'] ?? '')
  if (!wanted) return 'none'
  const { RequireAuthorizationForCacheControl, UnauthorizedCacheControlHeaderStrategy } = call.match!.method.settings
  if (!RequireAuthorizationForCacheControl || mayInvalidate(call, policy)) return 'renew'
  switch (UnauthorizedCacheControlHeaderStrategy) {
    case 'FAIL_WITH_403':
      return 'forbidden'
    case 'SUCCEED_WITHOUT_RESPONSE_HEADER':
      return 'none'
    default:
      return 'warn'
  }
}

/** By the resource policy: a statement that denies wins over one that allows. */
function mayInvalidate(call: Call, policy: ResourcePolicy | undefined): boolean {
  const applying = (policy?.Statement ?? []).filter((statement) => applies(statement, call)).map(({ Effect }) => Effect)
  return applying.includes('Allow') && !applying.includes('Deny')
}

type Statement = ResourcePolicy['Statement'][number]

function applies({ Action, Resource, Condition }: Statement, call: Call): boolean {
  const resource = `${call.httpMethod}${call.path}`
  const inside = Condition?.IpAddress?.['aws:SourceIp']
  const outside = Condition?.NotIpAddress?.['aws:SourceIp']
  return (
    [Action].flat().some((each) => like(each, 'execute-api:InvalidateCache')) &&
    // `…/stage/GET/path`, in whichever region, account and API.
    [Resource].flat().some((each) => each === '*' || like(each.replace(/^.*?\/[^/]*\/?/, ''), resource)) &&
    (inside === undefined || isWithin(call.sourceIp, [inside].flat())) &&
    (outside === undefined || !isWithin(call.sourceIp, [outside].flat()))
  )
}

/** With the wildcards of IAM. */
function like(pattern: string, text: string): boolean {
  const expression = [...pattern]
    .map((c) => (c === '*' ? '.*' : c === '?' ? '.' : `\\u{${c.codePointAt(0)!.toString(16)}}`))
    .join('')
  return new RegExp(`^${expression}$`, 'su').test(text)
}

/** `10.0.0.0/8` or a single address. */
function isWithin(address: string, ranges: readonly string[]): boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits] = range.split('/')
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(network, family)
    else list.addSubnet(network, Number(bits), family)
  }
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}
