import { formatBytes } from '../../units.ts'
import type { PolicyLine } from '../lines.ts'
import type { Representation } from '../policy.ts'
import type { Probe } from '../probe.ts'
import { admitted, type ProbeContext, verdict } from './context.ts'
import { firstDifference, type Node, treeOfJson, treeOfXml } from './data-tree.ts'

const mediaType = { xml: 'application/xml', 'compact-json': 'application/json' } as const

/** For every representation and a small and a large document: parsed, and compared with the origin's own data. */
export function transformProbes({ policy, places }: ProbeContext, { index, path: line }: PolicyLine): readonly Probe[] {
  const { path, representations } = policy.transform[index]!
  const [place] = places(path, 1)
  if (place === undefined) return []
  const base = { feature: 'transform', line } as const
  return [
    {
      ...base,
      id: `${line}.json`,
      claim: `${place}: a client that asks for plain JSON gets the origin’s bytes`,
      run: async (tools) => {
        const request = admitted(policy, place, { accept: 'application/json' })
        const [answer] = await tools.send(request)
        const reference = await tools.reference({ path: place })
        const same = answer?.body === reference.body
        return verdict(
          same,
          'the same bytes',
          same ? 'the same bytes' : `${answer?.status}, other bytes`,
          answer ? [answer] : [],
        )
      },
    },
    ...representations.map(
      (representation): Probe => ({
        ...base,
        id: `${line}.${representation.as}`,
        claim: `${place} as ${representation.as} has the data that the origin sent`,
        run: async (tools) => {
          const [answer] = await tools.send(admitted(policy, place, { accept: representation.accept }))
          const reference = await tools.reference({ path: place })
          const problem = answer
            ? judge(answer.body, answer.headers['content-type'] ?? '', reference.body, representation)
            : 'no answer'
          const size = formatBytes(Buffer.byteLength(reference.body))
          return verdict(
            answer?.status === 200 && problem === undefined,
            `200 ${mediaType[representation.as]} with the data of ${size} of JSON`,
            `${answer?.status} ${answer?.headers['content-type'] ?? 'without a type'}; ${problem ?? 'the same data'}`,
            answer ? [answer] : [],
          )
        },
      }),
    ),
  ]
}

/** What is wrong with an answer, in words; undefined where it is right. */
function judge(body: string, type: string, reference: string, { as }: Representation): string | undefined {
  if (!type.toLowerCase().startsWith(mediaType[as])) return `it is ${type || 'untyped'}, not ${mediaType[as]}`
  let received: Node
  try {
    received = as === 'xml' ? treeOfXml(body) : treeOfJson(body)
  } catch (error) {
    return `it cannot be parsed: ${error instanceof Error ? error.message : String(error)}`
  }
  // White space between tokens is all that may go: the compact form can be no longer than JSON without it.
  if (as === 'compact-json' && Buffer.byteLength(body) >= Buffer.byteLength(reference)) return 'it is not smaller'
  return firstDifference(treeOfJson(reference), received)
}
