/** What the app asks for, answered from the sample run. */
import { EdgeLabError } from '../../../src/errors.ts'
import type { Lab } from '../../../src/labs/file/lab.ts'
import { freshStep, type Progress } from '../../../src/labs/progress/progress.ts'
import type { FinishedRun, RunChoice, Services } from '../../../src/views/services.ts'
import { brokenEntry, sampleEntries, sampleModel, sampleRound } from '../sample-model.ts'
import { fakeServices } from '../tui/fake-services.ts'

export const finishedRun: FinishedRun = {
  model: sampleModel,
  folder: 'reports/sample',
  report: 'reports/sample/report.html',
}

const lab: Lab = {
  id: 'one-hop',
  number: 1,
  title: 'One hop',
  question: 'What does a reverse proxy do to a request?',
  summary: 'What one hop costs and hides.',
  minutes: 15,
  objectives: [],
  folder: '/labs/01-one-hop',
  roles: [],
  steps: [
    { type: 'read', id: 'begin', title: 'Begin', text: '' },
    { type: 'read', id: 'end', title: 'End', text: '' },
  ],
}
const progress: Progress = {
  formatVersion: 2,
  lab: 'one-hop',
  startedAt: '2026-11-24T09:00:00.000Z',
  at: 'end',
  seed: 1,
  steps: { begin: { ...freshStep, done: true } },
}

export interface Asked {
  readonly measured: RunChoice[]
  readonly remembered: RunChoice[]
  readonly deleted: string[]
  readonly opened: string[]
  readonly reset: string[]
}

export function sampleServices(asked: Asked): Services {
  return fakeServices({
    scenarios: async () => [...sampleEntries, brokenEntry],
    surroundings: async () => ({
      runtime: 'processes',
      reason: 'Docker is not running here',
      systems: [
        { id: 'direct', kind: 'baseline', summary: 'the origin itself', availability: { available: true, by: '' } },
        {
          id: 'node-proxy',
          kind: 'self-built',
          summary: 'a small proxy',
          availability: { available: true, by: 'node' },
        },
        {
          id: 'nginx',
          kind: 'proxy',
          summary: 'a reverse proxy',
          availability: { available: false, reason: 'nginx is not on PATH', remedy: 'apt-get install nginx' },
        },
      ],
    }),
    fidelity: (system) =>
      system === 'direct'
        ? []
        : [{ feature: 'cache', path: 'cache.0', line: 'cache /products', level: 'exact', how: 'proxy_cache' }],
    measure: async (choice, { emit }) => {
      asked.measured.push(choice)
      emit({ type: 'round-finished', scenario: 'caching', round: sampleRound('node-proxy', 0), of: 2, unexpected: [] })
      return finishedRun
    },
    runs: async () => [
      { folder: 'reports/sample', record: sampleModel.record, problem: '' },
      { folder: 'reports/cut', record: null, problem: 'it is not JSON, or cut' },
    ],
    openRun: async () => finishedRun,
    deleteRun: async (folder) => void asked.deleted.push(folder),
    openInBrowser: async (file) => asked.opened.push(file) > 1,
    examine: async () => [
      { name: 'Node', state: 'ok', detail: '24.21.0', remedy: '' },
      { name: 'nginx as a process', state: 'note', detail: 'nginx is not on PATH', remedy: 'apt-get install nginx' },
    ],
    lastChoice: async () => asked.remembered.at(-1) ?? null,
    rememberChoice: async (choice) => void asked.remembered.push(choice),
    labs: async () => [{ lab, progress }],
    brokenLabs: async () => [{ id: 'gone', number: 8, problem: 'it is a link that leads nowhere' }],
    openLab: async () => {
      throw new EdgeLabError('nothingRuns', { why: 'node-proxy: it was ended' })
    },
    labReport: async (id) => `/home/labs/${id}/report.html`,
    resetLab: async (id) => void asked.reset.push(id),
  })
}
