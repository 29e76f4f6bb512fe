import { relative } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest goes first, so that no worker ends alone with it. Sizes of files, the default, do not tell. */
const longest = ['test/conformance/systems/', 'test/e2e/', 'test/labs/gate/gate.test.ts', 'test/labs/']

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.findIndex((place) => relative(process.cwd(), moduleId).startsWith(place))
      return at === -1 ? longest.length : at
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}

const all = ['test/**/*.test.ts', 'test/**/*.test.tsx']
/** Pure functions of records, policies and figures: these start nothing, and listen to nothing. */
const pure = [
  'comparison',
  'measurement',
  'mistakes',
  'policy',
  'prices',
  'scenario',
  'statistics',
  'views/text',
  'views/html',
].flatMap((folder) => [`test/${folder}/**/*.test.ts`, `test/${folder}/**/*.test.tsx`])
const inContainers = 'test/**/*.containers.test.ts'

export default defineConfig({
  test: {
    projects: [
      // A worker loads what pure files import once for all of them, which is most of the work where files are small. So none
      // of them mocks a module, and what one changes for its process (variables, timers) it gives back.
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'real', include: all, exclude: [inContainers, ...pure] } },
    ],
    // Where the conformance of each system is tried.
    provide: { runtime: 'processes' },
    // As for the golden files that tests write themselves.
    update: Boolean(process.env['UPDATE_GOLDEN']),
    // A test whose assertions are not reached, in a loop over nothing or a callback that nobody calls, has shown nothing.
    expect: { requireAssertions: true },
    // Nothing is asked of a package index but one on loopback.
    env: { EDGELAB_OFFLINE: '1' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // For two cores: most tests wait for what they started, but paced traffic does not like much company. In CI images are
    // built beside them.
    maxWorkers: process.env['CI'] ? 3 : 4,
    sequence: { sequencer: LongestFirst },
  },
})
