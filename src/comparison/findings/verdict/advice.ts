/** The answer and what follows from it: from declarations and from what the scenarios ask, never from who took part. */

import { isEmulated } from '../../../measurement/emulated.ts'
import { type PolicyFeature, policyFeatures } from '../../../policy/features/index.ts'
import { featureNouns, untriedNouns } from '../../../policy/features/titles.ts'
import { list, nouns, spelled } from '../../blocks.ts'
import type { Known, Least, Means } from './standing.ts'

const means = {
  native: 'a directive',
  plugin: 'a plugin',
  script: 'a script',
} as const satisfies Record<Means, string>

export function adviceOf(
  tried: readonly PolicyFeature[],
  least: readonly Least[],
  known: readonly Known[],
): readonly string[] {
  const inProxy = least.filter(({ kind }) => kind === 'proxy').map(({ feature }) => feature)
  const beyond = least.filter(({ kind }) => kind !== 'proxy')
  const nobody = tried.filter((feature) => !least.some((each) => each.feature === feature))
  return [
    answer(tried.length, inProxy.length, beyond),
    ...whichProxies(inProxy, known),
    ...beyond.map(
      ({ feature, kind, level, systems }) =>
        `The least you need for ${featureNouns[feature]} is ${means[level]} in ${list(systems.map(({ system }) => system)).replace(/ and ([^ ]*)$/, ' or $1')}${isEmulated({ kind }) ? ', a managed service that is emulated here' : ''}.`,
    ),
    ...(nobody.length > 0 ? [`No system known to EdgeLab does ${nouns(nobody)}.`] : []),
    ...choice(inProxy, beyond, known),
    scope(tried),
  ]
}

function answer(tried: number, inProxy: number, beyond: readonly Least[]): string {
  const features = `the ${spelled(tried)} ${tried === 1 ? 'feature' : 'features'} tried`
  if (inProxy === 0) return `No: of ${features}, a plain reverse proxy does none.`
  if (beyond.length === 0)
    return `Yes, as far as this goes: a plain reverse proxy does ${inProxy === tried ? 'all' : spelled(inProxy)} of ${features}.`
  const onset = beyond.length <= inProxy ? 'Largely, yes' : 'Only in part'
  return `${onset}: a plain reverse proxy does ${spelled(inProxy)} of ${features}; a gateway is needed only for ${nouns(beyond.map(({ feature }) => feature))}.`
}

/** Who of the proxies does all that proxies do, and who left something out although it could. */
function whichProxies(inProxy: readonly PolicyFeature[], known: readonly Known[]): readonly string[] {
  const proxies = known.filter(({ kind }) => kind === 'proxy')
  const lacks = ({ features }: Known): readonly PolicyFeature[] =>
    inProxy.filter((feature) => features[feature].level === 'none')
  const able = proxies.filter((proxy) => lacks(proxy).length === 0)
  if (inProxy.length === 0 || proxies.length < 2 || able.length === proxies.length) return []
  const names = list(able.map(({ system }) => system))
  const who = able.length === 0 ? 'none' : `only ${names}`
  const left = proxies.flatMap((proxy) => {
    const chosen = lacks(proxy).filter((feature) => proxy.features[feature].byChoice)
    return chosen.length > 0 ? [`${proxy.system} leaves out ${nouns(chosen)} by choice`] : []
  })
  return [
    `Of the ${spelled(proxies.length)} proxies, ${who} ${able.length > 1 ? 'do' : 'does'} all of this${left.length > 0 ? `; ${list(left)}` : ''}.`,
  ]
}

function choice(
  inProxy: readonly PolicyFeature[],
  beyond: readonly Least[],
  known: readonly Known[],
): readonly string[] {
  if (inProxy.length === 0) return []
  const able = known.filter(
    ({ kind, features }) => kind === 'proxy' && inProxy.every((feature) => features[feature].level !== 'none'),
  )
  const such = able.length > 0 ? ` such as ${able[0]!.system}` : ''
  const enough = `If ${nouns(inProxy)} ${inProxy.length === 1 ? 'is' : 'are'} all you need, a reverse proxy${such} is enough`
  if (beyond.length === 0) return [`${enough}.`]
  return [
    `${enough}; if you also need ${nouns(beyond.map(({ feature }) => feature))}, choose a gateway, or write and maintain that code in a proxy yourself.`,
  ]
}

function scope(tried: readonly PolicyFeature[]): string {
  const unused = policyFeatures.filter((feature) => !tried.includes(feature))
  const left = unused.length > 0 ? `${nouns(unused)}, which these scenarios do not use; and ` : ''
  return `This holds for ${tried.length === 1 ? 'the feature' : `the ${spelled(tried.length)} features`} tried: ${nouns(tried)}. Not tried: ${left}${list(untriedNouns)}, which EdgeLab’s policies cannot express yet.`
}
