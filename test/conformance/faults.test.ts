/** The probes against an nginx that has lost the lines for which they are there: each must see what is missing. */

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingMetrics } from '../../src/comparison/findings/registry.ts'
import { type Drivers, startDrivers } from '../../src/experiment/drivers.ts'
import { type Origins, startOrigins } from '../../src/experiment/origins.ts'
import { probesOf } from '../../src/experiment/proof/probes-of.ts'
import { probeTools } from '../../src/experiment/proof/prove.ts'
import { prepare, startSystem } from '../../src/experiment/systems-under-test.ts'
import { availableAsProcess } from '../../src/runtime/processes/binaries.ts'
import { openProcesses } from '../../src/runtime/processes/processes.ts'
import type { Runtime } from '../../src/runtime/topology.ts'
import { loadScenario } from '../../src/scenario/load.ts'
import { systemIds, systems } from '../../src/systems/index.ts'
import type { Adapt } from '../../src/systems/own-configuration/own-files.ts'
import { launchOf } from '../../src/systems/system.ts'

const { nginx } = systems
const here = availableAsProcess(launchOf(nginx)!)

type Fault = readonly [probe: string, line: string | RegExp, instead: string, seen: RegExp]

/** By the policy on which they are tried. */
const faults: readonly { readonly file: string; readonly lost: readonly Fault[] }[] = [
  {
    file: 'test/conformance/origin-says.yaml',
    lost: [
      [
        'routes.0.fails-alone',
        /^ *proxy_next_upstream off;$/m,
        '',
        /^the origin saw 9, shop\/1 3 of them \(6 × 200\)$/,
      ],
      [
        'cache.0.apart-in-turn',
        /^ *proxy_no_cache .*$/m,
        '',
        /^Authorization: request 3 of 3 received the answer of request \d$/,
      ],
      ['cache.0.apart-in-turn', '|$http_host', '', /^Host: request 2 of 2 received the answer of request 1$/],
      [
        'cache.0.apart-in-turn',
        /^ *proxy_no_cache .*$/m,
        'proxy_ignore_headers Cache-Control Set-Cookie Vary;',
        /^private: .*; no-store: .*; Set-Cookie: .*; Vary: .*; Authorization: /,
      ],
      [
        'cache.0.apart-at-once',
        /^ *proxy_no_cache .*$/m,
        'proxy_ignore_headers Cache-Control Set-Cookie;',
        /^private: .*; no-store: .*; Set-Cookie: /,
      ],
      [
        'apiKey.0.apart-in-turn',
        /(?<=proxy_no_cache.*) \$vary_consumer/,
        '',
        /^Vary: x-consumer: request 2 of 2 received the answer of request 1$/,
      ],
      ['cache.0.forgets', '', '', /the last is the first once more$/],
    ],
  },
  {
    file: 'test/conformance/busy-instance.yaml',
    lost: [['balancing.0.avoids-busy', /^ *least_conn;$/m, '', /^[23] at shop\/\d \(8 × 200\)$/]],
  },
]

const reason = here.available ? '' : ` – skipped: ${here.reason}`
describe.skipIf(!here.available).each(faults)(`${nginx.id} on $file${reason}`, ({ file, lost }) => {
  const scenario = loadScenario(readFileSync(file, 'utf8'), file, {
    systems: systemIds,
    findings: findingMetrics,
    makeKey: (name) => `of-${name}`,
  })
  let runtime: Runtime
  let drivers: Drivers
  let origins: Origins
  beforeAll(async () => {
    runtime = await openProcesses({ runId: `faults-${process.pid}`, signal: new AbortController().signal })
    drivers = await startDrivers(runtime)
    origins = await startOrigins(runtime, drivers.back, scenario, 1)
    await origins.behave({ calm: true })
  })
  afterAll(async () => {
    await origins?.stop()
    await runtime?.close()
  })

  test.each(lost)('%s without %s', async (id, line, instead, seen) => {
    const adapt: Adapt = (native) => ({
      ...native,
      files: native.files.map((one) => ({ ...one, text: one.text.replace(line, instead) })),
    })
    const label = `nginx-${id.replaceAll('.', '-')}`
    const prepared = await prepare(runtime, origins, scenario, { label, system: nginx, adapt })
    const running = await startSystem(runtime, prepared)
    const probe = probesOf(scenario).find((each) => each.id === id)
    const tools = probeTools(drivers, origins, prepared.target, new AbortController().signal)
    const { passed, received } = await probe!.run(tools).finally(() => running?.stop())
    expect({ passed, received }).toEqual({ passed: false, received: expect.stringMatching(seen) })
  })
})
