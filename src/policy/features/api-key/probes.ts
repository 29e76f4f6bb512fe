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
  const unknown = [get(place), ...wrong.map((key) => get(place, { [header]: key }))]
  return [
    {
      id: 'refuses',
      claim: 'no key and keys that nobody has are refused with 401, and the origin hears nothing of it',
      run: async (tools) => {
        await tools.resetOrigin()
        const answers = await tools.send(...unknown)
        const { requests } = await tools.origin()
        const challenged = answers.every(({ headers }) => headerOf(headers, 'www-authenticate') !== undefined)
        return verdict(
          answers.every(({ status }) => status === 401) && challenged && requests === 0,
          `${answers.length} × 401 with WWW-Authenticate; the origin saw 0`,
          `${tally(answers.map(({ status }) => status))}${challenged ? '' : ', not all with WWW-Authenticate'}; the origin saw ${requests}`,
          answers,
        )
      },
    },
    {
      id: 'explains',
      claim: 'refusals of keys have a JSON body, as answers have',
      aspect: 'refusal-body',
      run: async (tools) => {
        const answers = await tools.send(...unknown)
        return verdict(
          answers.every(isJson),
          `${answers.length} JSON bodies`,
          `${answers.filter(isJson).length} of ${answers.length}`,
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
        const learnedKey = headerOf(seen, header) !== undefined
        return verdict(
          answer?.status === 200 && name === consumer.name && !learnedKey,
          `200; the origin saw ${consumerHeader}: ${consumer.name} and no ${header}`,
          `${answer?.status}; the origin saw ${consumerHeader}: ${name ?? 'absent'} and ` +
            `${learnedKey ? 'the key' : `no ${header}`}`,
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
