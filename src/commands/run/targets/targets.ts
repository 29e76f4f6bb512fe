/** `--target <name>=<url>`: gateways that run already, and everything that must be right before they are asked. */
import type { Problem } from '../../../errors.ts'
import type { Asked } from '../../../experiment/asked.ts'
import type { SystemChoice } from '../../../experiment/systems-under-test.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { systemIds } from '../../../systems/index.ts'
import { targetAt, targetId } from '../../../systems/running/target.ts'
import { type Address, hostAndPort, urlOf } from '../../../systems/system.ts'
import { word } from '../../../views/evidence/curl.ts'
import { severalMistakes } from '../../../yaml-file.ts'
import { beyondBounds, farBounds, nearBounds } from './bounds.ts'
import { deploymentAt, deploymentLabel } from './deployment.ts'
import type { Keys } from './keys.ts'
import { defaultOriginsFrom, originsFrom } from './origins-from.ts'
import { placeOf } from './place.ts'

/** As commander gives them. */
export interface TargetFlags {
  readonly target?: readonly string[]
  readonly awsUrl?: string
  readonly origins?: string
  readonly iOwnThisHost?: boolean
  readonly runtime: string
}

type Target = SystemChoice & { readonly label: string }

export interface Targets {
  readonly choices: readonly Target[]
  /** Where the origins have to be found; undefined where nobody outside has to find them. */
  readonly originsFrom?: Address
  /** The options that repeat it, each with a space before it. */
  readonly options: string
}

/** What of the rest of the command targets depend on. */
interface Surroundings {
  readonly scenarios: readonly Scenario[]
  readonly asked: Asked
  readonly keys: Keys
}

/** Throws EdgeLabError `badInput` with everything that is wrong with any of it. */
export async function readTargets(flags: TargetFlags, around: Surroundings): Promise<Targets> {
  const { target: given = [], awsUrl, origins, iOwnThisHost: isOwner = false } = flags
  const isMet = given.length > 0 || awsUrl !== undefined
  const problems: Problem[] = []
  const say = (file: string, message: string): void => void problems.push({ file, path: '', message })
  const from = origins === undefined ? defaultOriginsFrom : originsFrom(origins, around.scenarios)
  if (typeof from === 'string') say(`--origins ${origins}`, from)
  if (flags.runtime === 'containers' && (isMet || origins !== undefined)) {
    const why =
      'nobody outside reaches the origins in containers: what runs already and --origins need --runtime processes'
    say('--runtime containers', why)
  }
  for (const { file, message } of keyProblems(isMet, around.keys)) say(file, message)
  const choices: Target[] = []
  for (const text of given) {
    const { target, mistakes } = await readTarget(text, {
      ...around,
      isOwner,
      taken: choices.map(({ label }) => label),
    })
    for (const message of mistakes) say(`--target ${text}`, message)
    if (target) choices.push(target)
  }
  if (awsUrl !== undefined) {
    const deployment = await deploymentAt(awsUrl, isOwner)
    if (typeof deployment === 'string') say(`--aws-url ${awsUrl}`, deployment)
    else {
      const bounds = deployment.isNear ? nearBounds : farBounds
      for (const beyond of beyondBounds(bounds, around.scenarios, around.asked)) say(`--aws-url ${awsUrl}`, beyond)
      choices.push(deployment.choice)
    }
  }
  if (problems.length > 0) throw severalMistakes(problems)
  const places = choices.map(({ label, system: { reach } }) => {
    const url = reach.kind === 'url' ? urlOf(reach.endpoint) : ''
    return label === deploymentLabel ? ` --aws-url ${word(url)}` : ` --target ${word(`${label}=${url}`)}`
  })
  const isFixed = typeof from !== 'string' && (isMet || origins !== undefined)
  return {
    choices,
    ...(isFixed ? { originsFrom: from } : {}),
    options: [
      ...places,
      ...(isOwner && isMet ? [' --i-own-this-host'] : []),
      ...(isFixed ? [` --origins ${hostAndPort(from)}`] : []),
      around.keys.options,
    ].join(''),
  }
}

function keyProblems(isMet: boolean, { file, made, unasked }: Keys): readonly Pick<Problem, 'file' | 'message'>[] {
  const known = unasked().map((consumer) => ({
    file,
    message: `no scenario of this run asks for the key of “${consumer}”`,
  }))
  if (!isMet || made.size === 0) return known
  const message = `nothing that runs already can know keys that are made for the run, those of ${[...made].join(', ')}: write “name: key” for each into a file, and name it with --keys`
  return [...known, { file, message }]
}

async function readTarget(
  text: string,
  { scenarios, asked, isOwner, taken }: Surroundings & { readonly isOwner: boolean; readonly taken: readonly string[] },
): Promise<{ readonly target?: Target; readonly mistakes: readonly string[] }> {
  const [, label = '', url = ''] = /^([^=]*)=(.*)$/s.exec(text) ?? []
  if (label === '' || url === '') return { mistakes: ['write --target <name>=http://<host>:<port>'] }
  const misnamed = misnaming(label, taken)
  const place = await placeOf(url)
  if (typeof place === 'string') return { mistakes: [...misnamed, place] }
  const { endpoint, isNear } = place
  const mistakes = [
    ...misnamed,
    ...(isNear || isOwner
      ? []
      : [
          `${endpoint.host} is neither this machine nor in a private network: add --i-own-this-host if it is yours to load`,
        ]),
    ...beyondBounds(isNear ? nearBounds : farBounds, scenarios, asked),
  ]
  return { target: { system: targetAt(endpoint), label }, mistakes }
}

function misnaming(label: string, taken: readonly string[]): readonly string[] {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(label))
    return [`“${label}” is not a name: use a–z, 0–9 and -, beginning with a letter`]
  const known: readonly string[] = [...systemIds, targetId, deploymentLabel]
  if (known.includes(label)) return [`“${label}” is what EdgeLab calls something else: choose another name`]
  return taken.includes(label) ? [`another target is called “${label}” already`] : []
}
