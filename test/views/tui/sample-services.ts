/** A machine without Docker and NGINX, a learner in the middle of a lab, three runs of which one is damaged. */

import { freshStep } from '../../../src/labs/progress/progress.ts'
import type { Fidelity } from '../../../src/systems/system.ts'
import type { Services } from '../../../src/views/services.ts'
import { fixtureLab, fixtureProgress } from '../lab-fixture.ts'
import { hostileText, sampleEntries, sampleModel } from '../sample-model.ts'

/** When the tests take place: twelve minutes after the sample run. */
export const now = new Date('2026-11-24T09:27:30.000Z')

const line = (feature: Fidelity['feature'], level: Fidelity['level'], how: string): Fidelity => ({
  feature,
  path: `${feature}.0`,
  line: `${feature} for /products`,
  level,
  how,
})

export const sampleServices: Partial<Services> = {
  scenarios: async () => sampleEntries,
  surroundings: async () => ({
    runtime: 'processes',
    reason: 'Docker is not running',
    systems: [
      {
        id: 'direct',
        kind: 'baseline',
        summary: 'No proxy: what everything else is compared with.',
        availability: here,
      },
      { id: 'nginx', kind: 'proxy', summary: 'NGINX as it comes, without scripts.', availability: notHere('nginx') },
      { id: 'nginx-lua', kind: 'gateway', summary: 'NGINX with Lua.', availability: notHere('nginx-extras') },
      { id: 'node-proxy', kind: 'self-built', summary: 'A small reverse proxy of our own.', availability: here },
      { id: 'node-gateway', kind: 'self-built', summary: 'A small gateway of our own.', availability: here },
    ],
  }),
  fidelity: (system) =>
    system === 'direct'
      ? []
      : [
          line('routes', 'exact', 'one location for each route'),
          line(
            'cache',
            system === 'nginx' ? 'approximated' : 'exact',
            'entries live up to a second longer than their TTL',
          ),
          ...(system === 'nginx' ? [line('transform', 'impossible', 'XML needs code in the proxy')] : []),
        ],
  runs: async () => [
    { folder: 'reports/2026-11-24-0915-7f3a', record: sampleModel.record, problem: '' },
    {
      folder: 'reports/2026-11-23-1100-aaaa',
      record: {
        ...sampleModel.record,
        startedAt: '2026-11-23T11:00:00.000Z',
        partial: true,
        command: `edgelab run ${hostileText}`,
      },
      problem: '',
    },
    { folder: `reports/${hostileText}`, record: null, problem: 'it is not JSON, or cut' },
  ],
  examine: async () => [
    { name: 'Node', state: 'ok', detail: '24.21.0', remedy: '' },
    { name: 'Container engine', state: 'note', detail: 'Docker does not answer', remedy: 'start Docker' },
    { name: 'nginx as a process', state: 'missing', detail: hostileText, remedy: 'apt-get install nginx' },
  ],
  labs: async () => [
    { lab: fixtureLab, progress: { ...fixtureProgress, at: 'ask', steps: { welcome: { ...freshStep, done: true } } } },
  ],
}

const here = { available: true, by: 'node' } as const

function notHere(install: string): { available: false; reason: string; remedy: string } {
  return {
    available: false,
    reason: 'nginx is not on PATH and no engine answers',
    remedy: `apt-get install ${install}`,
  }
}
