import type { Answer } from '../../../http/answer.ts'
import { headerOf } from '../../../http/headers.ts'
import { get } from '../../../http/request.ts'
import { consumerHeader } from '../../headers.ts'
import type { LineProbe, ProbeContext } from '../../probes/probe.ts'
import { tally, verdict } from '../../probes/probing.ts'
import { consumerSharingProbes, type SharingNeeds } from '../cache/sharing.ts'
import { otherCase } from './credentials.ts'
import type { ApiKey } from './line.ts'

export function apiKeyProbes(
  { path, header, consumers }: ApiKey,
  context: ProbeContext<SharingNeeds>,
): readonly LineProbe[] {
  const { probePaths, inTurn } = context
  const [place] = probePaths(path, 1)
  const consumer = consumers[0]
  if (place === undefined || !consumer) return []
  const swapped = otherCase(consumer.key)
  const wrong = [`${consumer.key}x`, ...(swapped === consumer.key ? [] : [swapped]), '.*']
  const strangers = [get(place), ...wrong.map((key) => get(place, { [header]: key }))]
  return [
    {
      id: 'refuses',
      claim: 'no key and keys that nobody has are refused, and the origin hears nothing of it',
      run: async (tools) => {
        await tools.resetOrigin()
        const answers = await tools.send(...strangers)
        const { requests } = await tools.origin()
        return verdict(
          answers.every(({ status }) => status === 401 || status === 403) && requests === 0,
          `${answers.length} × 401 or 403; the origin saw 0`,
          `${tally(answers.map(({ status }) => status))}; the origin saw ${requests}`,
          answers,
        )
      },
    },
    {
      id: 'explains',
      claim: 'refusals of keys have a JSON body, as answers have',
      aspect: 'refusal-body',
      run: async (tools) => {
        const answers = await tools.send(...strangers)
        return verdict(
          answers.every(isJson),
          `${answers.length} JSON bodies`,
          `${answers.filter(isJson).length} of ${answers.length}`,
          answers,
        )
      },
    },
    {
      id: 'challenges',
      aspect: 'unauthorized',
      claim: 'those refusals are 401, and WWW-Authenticate says that a key is wanted',
      run: async (tools) => {
        const answers = await tools.send(...strangers)
        const challenged = answers.every(({ headers }) => headerOf(headers, 'www-authenticate') !== undefined)
        return verdict(
          answers.every(({ status }) => status === 401) && challenged,
          `${answers.length} × 401 with WWW-Authenticate`,
          `${tally(answers.map(({ status }) => status))}${challenged ? '' : ', not all with WWW-Authenticate'}`,
          answers,
        )
      },
    },
    {
      id: 'identifies',
      claim: 'a consumer’s key passes, and the origin learns the name and not the key',
      run: async (tools) => {
        await tools.resetOrigin()
        const forged = get(place, { [header]: consumer.key, [consumerHeader]: 'forged' })
        const [answer] = await inTurn(tools, place, forged)
        const { last } = await tools.origin()
        const seen = last.at(-1)?.headers ?? []
        const name = headerOf(seen, consumerHeader)
        // In whichever header: an edge may put something else in the place of the key.
        const learnedKey = seen.some(([, value]) => value.includes(consumer.key))
        return verdict(
          answer?.status === 200 && name === consumer.name && !learnedKey,
          `200; the origin saw ${consumerHeader}: ${consumer.name} and not the key`,
          `${answer?.status}; the origin saw ${consumerHeader}: ${name ?? 'absent'} and ` +
            `${learnedKey ? 'the key' : 'not the key'}`,
          answer ? [answer] : [],
        )
      },
    },
    ...consumerSharingProbes(context, path),
  ]
}

function isJson(answer: Answer): boolean {
  try {
    return typeof JSON.parse(answer.body) === 'object'
  } catch {
    return false
  }
}
