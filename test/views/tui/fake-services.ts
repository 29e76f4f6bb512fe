/** Services that answer with nothing, so that a test gives only those that it is about. */
import type { Services } from '../../../src/views/services.ts'

const nothingFetched = { fetching: null, come: 0 }

export function fakeServices(given: Partial<Services>): Services {
  const notGiven = (name: string) => async (): Promise<never> => {
    throw new Error(`this test gives no ${name}`)
  }
  return {
    binaries: {
      state: () => nothingFetched,
      subscribe: () => () => undefined,
      get: notGiven('binaries.get'),
      stop: async () => undefined,
    },
    scenarios: async () => [],
    surroundings: async () => ({ runtime: 'processes', reason: '', systems: [] }),
    fidelity: () => [],
    measure: notGiven('measure'),
    runs: async () => [],
    openRun: notGiven('openRun'),
    compareRuns: notGiven('compareRuns'),
    deleteRun: notGiven('deleteRun'),
    openInBrowser: async () => false,
    lastPriorities: async () => null,
    rememberPriorities: async () => undefined,
    keepDecision: notGiven('keepDecision'),
    keepCopy: async () => 'copied.txt',
    examine: async () => [],
    lastChoice: async () => null,
    rememberChoice: async () => undefined,
    labs: async () => [],
    brokenLabs: async () => [],
    openLab: notGiven('openLab'),
    labReport: notGiven('labReport'),
    resetLab: notGiven('resetLab'),
    edit: async () => false,
    ...given,
  }
}
