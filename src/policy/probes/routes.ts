import type { PolicyLine } from '../lines.ts'
import { consumerHeader } from '../policy.ts'
import type { Probe } from '../probe.ts'
import { admitted, type ProbeContext, verdict } from './context.ts'

/** A route delivers to its origin and to it alone; a path beside it is refused by the edge, not by the origin. */
export function routeProbes({ policy, places }: ProbeContext, { index, path: line }: PolicyLine): readonly Probe[] {
  const route = policy.routes[index]!
  const [place] = places(route.path, 1)
  if (place === undefined) return []
  const beside = `${route.path.replace(/\/$/, '')}-beside`
  const catchAll = policy.routes.some(({ path }) => path === '/')
  return [
    {
      id: `${line}.delivers`,
      feature: 'routes',
      line,
      claim: `${route.path} reaches ${route.origin}, which learns the caller's address and host`,
      run: async (tools) => {
        await tools.resetOrigin()
        const [answer] = await tools.send(admitted(policy, place, { [consumerHeader]: 'forged', host: 'edge.example' }))
        const { instances, last } = await tools.origin()
        const seen = last.at(-1)?.headers ?? {}
        const reached = Object.keys(instances).filter((name) => (instances[name] ?? 0) > 0)
        const passed =
          answer?.status === 200 &&
          reached.length === 1 &&
          reached[0]!.startsWith(`${route.origin}/`) &&
          Boolean(seen['x-forwarded-for']) &&
          seen['host'] === 'edge.example' &&
          seen[consumerHeader] !== 'forged'
        return verdict(
          passed,
          `200 from ${route.origin}; it saw host edge.example, an x-forwarded-for and no forged ${consumerHeader}`,
          `${answer?.status} from ${reached.join(', ') || 'nobody'}; host ${seen['host']}, x-forwarded-for ` +
            `${seen['x-forwarded-for'] ?? 'missing'}, ${consumerHeader} ${seen[consumerHeader] ?? 'absent'}`,
          answer ? [answer] : [],
        )
      },
    },
    ...(catchAll
      ? []
      : [
          {
            id: `${line}.borders`,
            feature: 'routes' as const,
            line,
            claim: `${beside} is not ${route.path}: the edge answers 404 itself`,
            run: async (tools: Parameters<Probe['run']>[0]) => {
              await tools.resetOrigin()
              const [answer] = await tools.send({ path: beside })
              const { requests } = await tools.origin()
              return verdict(
                answer?.status === 404 && requests === 0,
                '404, and the origin saw nothing',
                `${answer?.status}, and the origin saw ${requests}`,
                answer ? [answer] : [],
              )
            },
          },
        ]),
  ]
}
