/** The answer and what follows from it: from declarations and from what the scenarios ask, never from who took part. */

import { isEmulated } from '../../../../measurement/emulated.ts'
import { type PolicyFeature, policyFeatures } from '../../../../policy/features/index.ts'
import { featureNouns, untriedNouns } from '../../../../policy/features/titles.ts'
import { few, list, nouns, spelled } from '../../../blocks.ts'
import { hasBuiltIn, type Known, type Least, type Means } from './standing.ts'

const means = {
  native: 'a directive',
  plugin: 'a plugin',
  script: 'a script',
} as const satisfies Record<Means, string>

/** What it takes to have a feature that no reverse proxy has built in. */
type Need = 'gateway' | 'script' | 'program' | 'service'

interface Beyond {
  readonly need: Need
  readonly features: readonly PolicyFeature[]
}

export function adviceOf(
  tried: readonly PolicyFeature[],
  least: readonly Least[],
  known: readonly Known[],
): readonly string[] {
  const proxies = known.filter(({ kind }) => kind === 'proxy')
  const inProxies = tried.filter((feature) => proxies.some((proxy) => hasBuiltIn(proxy, feature)))
  const others = least.filter(({ feature }) => !inProxies.includes(feature))
  const beyond = [...Map.groupBy(others, needOf)].map(
    ([need, each]): Beyond => ({ need, features: each.map(({ feature }) => feature) }),
  )
  const nobody = tried.filter((feature) => !least.some((each) => each.feature === feature))
  return [
    answer(tried.length, inProxies.length, beyond),
    ...whichProxies(inProxies, proxies),
    ...others.map(leastInWords),
    ...others.flatMap((each) => managedInWords(each, known)),
    ...(nobody.length > 0 ? [`No system known to EdgeLab does ${nouns(nobody)}.`] : []),
    ...choice(inProxies, beyond, proxies, others),
    scope(tried),
  ]
}

function needOf({ level, systems }: Least): Need {
  if (systems.every(isEmulated)) return 'service'
  if (systems.every(({ kind }) => kind === 'self-built')) return 'program'
  return level === 'script' ? 'script' : 'gateway'
}

function answer(tried: number, inProxies: number, beyond: readonly Beyond[]): string {
  const features = `the ${spelled(tried)} ${tried === 1 ? 'feature' : 'features'} tried`
  const those = tried === 1 ? features : `${inProxies === tried ? 'all' : spelled(inProxies)} of ${features}`
  const share = `${those} ${inProxies === 1 ? 'is' : 'are'} built into reverse proxies`
  if (inProxies === 0)
    return `No: ${tried === 1 ? `${features} is not` : `none of ${features} is`} built into reverse proxies.`
  if (beyond.length === 0) return `Yes, as far as this goes: ${share}.`
  const outside = beyond.reduce((sum, { features: each }) => sum + each.length, 0)
  const onset = outside <= inProxies ? 'Largely, yes' : 'Only in part'
  return `${onset}: ${share}; ${list(beyond.map(needInWords))}.`
}

const needs = {
  gateway: 'a gateway',
  script: 'a script of your own, whichever of the two you choose',
  program: 'a program of your own',
  service: 'a managed service',
} as const satisfies Record<Need, string>

function needInWords({ need, features }: Beyond): string {
  return `for ${nouns(features)} you need ${needs[need]}`
}

function leastInWords({ feature, level, systems }: Least): string {
  const where = few(
    systems.map(({ system }) => system),
    'or',
  )
  const emulated = systems.every(isEmulated) ? ', a managed service that is emulated here' : ''
  return `The least you need for ${featureNouns[feature]} is ${means[level]} in ${where}${emulated}.`
}

/** A service may have built in what takes a script or a program in everything that you run yourself. */
function managedInWords({ feature, level, systems }: Least, known: readonly Known[]): readonly string[] {
  const services = known.filter((each) => isEmulated(each) && hasBuiltIn(each, feature))
  if (level !== 'script' || systems.every(isEmulated) || services.length === 0) return []
  const names = few(services.map(({ system }) => system))
  const [are, have] =
    services.length === 1
      ? ['a managed service that is emulated here', 'has']
      : ['managed services that are emulated here', 'have']
  return [`${names}, ${are}, ${have} ${featureNouns[feature]} built in.`]
}

/** Who of the proxies has all that is built into proxies, and what the others lack. */
function whichProxies(inProxies: readonly PolicyFeature[], proxies: readonly Known[]): readonly string[] {
  const lacking = proxies.map((proxy) => ({
    name: proxy.system,
    lacks: inProxies.filter((feature) => !hasBuiltIn(proxy, feature)),
  }))
  const able = lacking.filter(({ lacks }) => lacks.length === 0).map(({ name }) => name)
  if (inProxies.length === 0 || proxies.length < 2 || able.length === proxies.length) return []
  const who = able.length === 0 ? 'none' : `only ${few(able)}`
  const groups = Map.groupBy(
    lacking.filter(({ lacks }) => lacks.length > 0),
    ({ lacks }) => nouns(lacks),
  )
  const others = [...groups].map(([what, each]) => {
    return `${few(each.map(({ name }) => name))} ${each.length === 1 ? 'lacks' : 'lack'} ${what}`
  })
  return [
    `Of the ${spelled(proxies.length)} reverse proxies, ${who} ${able.length > 1 ? 'have' : 'has'} all of this; ${others.join('; ')}.`,
  ]
}

function choice(
  inProxies: readonly PolicyFeature[],
  beyond: readonly Beyond[],
  proxies: readonly Known[],
  others: readonly Least[],
): readonly string[] {
  if (inProxies.length === 0) return []
  const able = proxies.find((proxy) => inProxies.every((feature) => hasBuiltIn(proxy, feature)))
  const such = able ? ` such as ${able.system}` : ''
  const enough = `If ${nouns(inProxies)} ${inProxies.length === 1 ? 'is' : 'are'} all you need, a reverse proxy${such} is enough`
  const also = beyond.map(({ need, features }) => {
    const example = others.find(({ feature }) => features.includes(feature))?.systems[0]?.system
    return `if you also need ${nouns(features)}, ${adviceFor(need, example)}`
  })
  return [`${[enough, ...also].join('; ')}.`]
}

function adviceFor(need: Need, example = ''): string {
  switch (need) {
    case 'gateway':
      return `choose a gateway such as ${example}, or write and maintain that code in a proxy yourself`
    case 'script':
      return `choose a system that runs scripts, such as ${example}, and maintain that code yourself`
    case 'program':
      return `build on libraries, as ${example} does, and maintain that program yourself`
    case 'service':
      return `choose a managed service such as ${example}`
  }
}

function scope(tried: readonly PolicyFeature[]): string {
  const unused = policyFeatures.filter((feature) => !tried.includes(feature))
  const left = unused.length > 0 ? `${nouns(unused)}, which these scenarios do not use; and ` : ''
  return `This holds for ${tried.length === 1 ? 'the feature' : `the ${spelled(tried.length)} features`} tried: ${nouns(tried)}. Not tried: ${left}${list(untriedNouns)}, which EdgeLab’s policies cannot express yet.`
}
