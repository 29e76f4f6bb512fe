/** Which algorithm real limiters are seen to be, by the probe that keeps them busy. */
import { expect, test } from 'vitest'
import { eachFeature } from '../../src/matrix/policy.ts'
import { proveCells } from '../../src/matrix/proved.ts'
import { availableAsProcess } from '../../src/runtime/processes/binaries.ts'
import { openProcesses } from '../../src/runtime/processes/processes.ts'
import { systems } from '../../src/systems/index.ts'
import { launchOf, type System } from '../../src/systems/system.ts'
import { emptyPolicy } from '../policy/empty-policy.ts'

const whole = eachFeature((consumer) => `key-of-${consumer}`)
const limited = whole.policy.routes.filter(({ origin }) => origin === 'limited')
const scenario = {
  ...whole,
  policy: { ...emptyPolicy, routes: limited, rateLimit: whole.policy.rateLimit },
  origins: { limited: whole.origins['limited']! },
}

/** NGINX as it is without `nodelay`: what comes too early waits for its turn. */
const delaying: System = {
  ...systems.nginx,
  compile: (policy, site) => {
    const native = systems.nginx.compile(policy, site)
    return { ...native, files: native.files.map((file) => ({ ...file, text: file.text.replace(/ nodelay;/, ';') })) }
  },
}

test.for<readonly [name: string, system: System, algorithm: RegExp]>([
  // A flood that takes long fills the bucket meanwhile, as a sliding window's would be: then both are named.
  ['nginx', systems.nginx, /token bucket/],
  ['nginx without nodelay', delaying, /^leaky bucket$/],
  ['node-gateway', systems['node-gateway'], /^fixed window$/],
  // Where the flood comes just before a window ends, the answers of both are alike.
  ['haproxy', systems.haproxy, /sliding window/],
])('%s', async ([, system, algorithm], { skip }) => {
  const here = availableAsProcess(launchOf(system)!)
  skip(!here.available, here.available ? '' : here.reason)
  const controller = new AbortController()
  const runtime = await openProcesses({ runId: `limiters-${process.pid}-${system.id}`, signal: controller.signal })
  try {
    const on = { runtime, signal: controller.signal, finished: () => undefined }
    const [outcome] = await proveCells([system], scenario, on)
    const probe = outcome!.probes.find(({ shows }) => shows !== undefined)
    skip(probe === undefined, 'the machine is too busy to tell')
    expect(probe).toMatchObject({ id: 'rateLimit.0.holds', state: 'passed', shows: expect.stringMatching(algorithm) })
  } finally {
    await runtime.close()
  }
})
