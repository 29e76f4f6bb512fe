import { headerOf } from '../../../http/headers.ts'
import { get } from '../../../http/request.ts'
import { formatBytes } from '../../../units.ts'
import type { LineProbe, ProbeContext } from '../../probes/probe.ts'
import { verdict } from '../../probes/probing.ts'
import { firstDifference, type Node, treeOfJson, treeOfXml } from './data-tree.ts'
import type { Representation, Transform } from './line.ts'

const mediaType = { xml: 'application/xml', 'compact-json': 'application/json' } as const

/** For every representation and every document, small and large: parsed, and compared with the origin's own data. */
export function transformProbes({ path, representations }: Transform, context: ProbeContext): readonly LineProbe[] {
  return context
    .documents(path)
    .flatMap((place, n) => [
      plainProbe(place, `json.${n}`, context),
      ...representations.map((wanted) => representationProbe(place, `${wanted.as}.${n}`, wanted, context)),
    ])
}

function plainProbe(place: string, id: string, { admitted, rested }: ProbeContext): LineProbe {
  return {
    id,
    claim: `${place}: a client that asks for plain JSON gets the origin’s bytes`,
    run: async (tools) => {
      await rested(tools, place, 1)
      const [answer] = await tools.send(admitted(place, { accept: 'application/json' }))
      const reference = await tools.reference(get(place))
      const same = answer?.status === 200 && answer.body === reference.body
      return verdict(
        same,
        'the same bytes',
        same ? 'the same bytes' : `${answer?.status}, other bytes`,
        answer ? [answer] : [],
      )
    },
  }
}

function representationProbe(
  place: string,
  id: string,
  wanted: Representation,
  { admitted, rested }: ProbeContext,
): LineProbe {
  return {
    id,
    claim: `${place} as ${wanted.as} has the data that the origin sent`,
    run: async (tools) => {
      await rested(tools, place, 1)
      const [answer] = await tools.send(admitted(place, { accept: wanted.accept }))
      const reference = await tools.reference(get(place))
      const type = headerOf(answer?.headers ?? [], 'content-type')
      const problem = answer ? representationProblem(answer.body, type ?? '', reference.body, wanted) : 'no answer'
      const size = formatBytes(Buffer.byteLength(reference.body))
      return verdict(
        answer?.status === 200 && problem === undefined,
        `200 ${mediaType[wanted.as]} with the data of ${size} of JSON`,
        `${answer?.status} ${type ?? 'without a type'}; ${problem ?? 'the same data'}`,
        answer ? [answer] : [],
      )
    },
  }
}

/** What is wrong with an answer in a representation, in words; undefined where it is right. */
export function representationProblem(
  body: string,
  type: string,
  reference: string,
  { as }: Pick<Representation, 'as'>,
): string | undefined {
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
