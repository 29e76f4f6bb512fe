import { headerOf } from '../../../http/headers.ts'
import { get } from '../../../http/request.ts'
import { consumerHeader } from '../../headers.ts'
import type { LineProbe, ProbeContext, ProbeTools } from '../../probes/probe.ts'
import { tally, verdict } from '../../probes/probing.ts'
import type { Balancing } from '../balancing/line.ts'
import type { Route } from './line.ts'

export interface RouteNeeds {
  readonly routes: readonly Route[]
  readonly balancing: readonly Balancing[]
}

/** A route delivers to its origin and to it alone; a path beside it is refused by the edge, not by the origin. */
export function routeProbes(route: Route, context: ProbeContext<RouteNeeds>): readonly LineProbe[] {
  const { policy, probePaths, admitted, inTurn } = context
  const [place] = probePaths(route.path, 1)
  if (place === undefined) return []
  const beside = `${route.path.replace(/\/$/, '')}-beside`
  const catchAll = policy.routes.some(({ path }) => path === '/')
  return [
    {
      id: 'delivers',
      claim: `${route.path} reaches ${route.origin}, which learns the caller's address and believes no forged consumer`,
      run: async (tools) => {
        await tools.resetOrigin()
        const forged = admitted(place, { [consumerHeader]: 'forged' })
        const [answer] = await inTurn(tools, route.path, forged)
        const { instances, last } = await tools.origin()
        const seen = (name: string): string | undefined => headerOf(last.at(-1)?.headers ?? [], name)
        const reached = Object.keys(instances).filter((name) => (instances[name] ?? 0) > 0)
        const passed =
          answer?.status === 200 &&
          reached.length === 1 &&
          reached[0]!.startsWith(`${route.origin}/`) &&
          Boolean(seen('x-forwarded-for')) &&
          seen(consumerHeader) !== 'forged'
        return verdict(
          passed,
          `200 from ${route.origin}; it saw an x-forwarded-for and no forged ${consumerHeader}`,
          `${answer?.status} from ${reached.join(', ') || 'nobody'}; x-forwarded-for ` +
            `${seen('x-forwarded-for') ?? 'missing'}, ${consumerHeader} ${seen(consumerHeader) ?? 'absent'}`,
          answer ? [answer] : [],
        )
      },
    },
    {
      id: 'host',
      aspect: 'host',
      claim: `${route.origin} learns which host the caller asked for`,
      run: async (tools) => {
        await tools.resetOrigin()
        // Another Host is another entry (RFC 9111 §2): no cache answers in the origin's place.
        const [answer] = await inTurn(tools, route.path, admitted(place, { host: 'edge.example' }))
        const host = headerOf((await tools.origin()).last.at(-1)?.headers ?? [], 'host')
        return verdict(
          answer?.status === 200 && host === 'edge.example',
          '200; the origin saw host edge.example',
          `${answer?.status}; the origin saw host ${host ?? 'absent'}`,
          answer ? [answer] : [],
        )
      },
    },
    ...(policy.routes.find(({ origin }) => origin === route.origin) === route ? [failsAlone(route, context)] : []),
    ...(catchAll
      ? []
      : [
          {
            id: 'borders',
            claim: `${beside} is not ${route.path}: the edge refuses it itself`,
            run: async (tools: ProbeTools) => {
              await tools.resetOrigin()
              const [answer] = await tools.send(get(beside))
              const { requests } = await tools.origin()
              return verdict(
                (answer?.status === 404 || answer?.status === 403) && requests === 0,
                '404 or 403, and the origin saw nothing',
                `${answer?.status}, and the origin saw ${requests}`,
                answer ? [answer] : [],
              )
            },
          },
          {
            id: 'not-found',
            aspect: 'not-found' as const,
            claim: `${beside} is answered with 404`,
            run: async (tools: ProbeTools) => {
              const [answer] = await tools.send(get(beside))
              return verdict(answer?.status === 404, '404', String(answer?.status), answer ? [answer] : [])
            },
          },
        ]),
  ]
}

/**
 * Failover is not part of a policy: who meets an instance that fails gets its failure, and no other one is asked. That
 * one itself may be asked once more where a kept connection broke off, as HTTP allows (RFC 9112 §9.3.1); or the client's
 * connection is closed in its turn, so that the client may do so.
 */
function failsAlone(
  { path, origin }: Route,
  { policy, probePaths, admitted, inTurn }: ProbeContext<RouteNeeds>,
): LineProbe {
  const line = policy.balancing.find((one) => one.origin === origin)
  const weights = line?.weights ?? []
  // The one that gets most, so that a few requests meet it.
  const broken = `${origin}/${weights.indexOf(Math.max(...weights)) + 1 || 1}`
  return {
    id: 'fails-alone',
    claim: `where one instance of ${origin} breaks off, its share of requests fails and nobody else is asked`,
    run: async (tools) => {
      await tools.resetOrigin()
      const count = Object.keys((await tools.origin()).instances).filter((name) => name.startsWith(`${origin}/`)).length
      // Least connections may break ties by lot: enough that nobody is left out.
      const each = line?.method === 'least-connections' ? 12 : 2
      const paths = probePaths(path, Math.max(6, each * count))
      const requests = paths.map((one) => admitted(one))
      await tools.breakOff(broken)
      const answers = await inTurn(tools, path, ...requests).finally(() => tools.breakOff(undefined))
      const { requests: reached, instances, paths: asked } = await tools.origin()
      const met = asked[broken]?.length ?? 0
      const askedElsewhere = Object.keys(asked).flatMap((name) => (name === broken ? [] : asked[name]!))
      const twice = askedElsewhere.filter((each) => asked[broken]?.includes(each)).length
      const failed = answers.filter(({ status }) => status >= 500 || status === 0).length
      const well = answers.filter(({ status }) => status === 200).length
      return verdict(
        met > 0 && twice === 0 && failed === met && well === askedElsewhere.length && failed + well === answers.length,
        `the origin saw ${answers.length}; as many failed as ${broken} got, the rest 200`,
        `the origin saw ${reached}, ${broken} ${instances[broken] ?? 0} of them (${tally(answers.map(({ status }) => status))})`,
        answers,
      )
    },
  }
}
