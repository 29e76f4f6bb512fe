import { describe, expect, test } from 'vitest'
import { countLines, measureEffort } from '../../../src/experiment/effort/effort.ts'
import type { Policy } from '../../../src/policy/policy.ts'
import { systems } from '../../../src/systems/index.ts'
import type { NativeFile, NativeLanguage, Site, System } from '../../../src/systems/system.ts'
import { policyFiles, scenarioIn } from '../../conformance/policies.ts'

const file = (language: NativeLanguage, ...lines: readonly string[]): NativeFile => ({
  path: `a.${language}`,
  language,
  text: lines.join('\n'),
})

describe('a line counts', () => {
  test.each<[string, number, NativeFile]>([
    ['that says something', 3, file('nginx', 'server {', '  listen 80;', '}', '')],
    ['not where it is blank, of spaces or tabs too', 1, file('nginx', '', '   ', '\t', 'events {}', '', '')],
    ['not where all of it is a comment, indented too', 1, file('nginx', '# one', '   # two', 'events {}')],
    ['where a comment follows what it says', 2, file('nginx', 'listen 80; # plain', 'return 200 "# no comment";')],
    ['where a text looks like a comment', 1, file('nginx', '"# no comment";')],
    ['of Lua, whose comments are others', 2, file('lua', '-- a comment', '  --- and one', 'local t = {}', 'return #t')],
    ['of Lua with a text that looks like a comment', 2, file('lua', 'return', '"-- no comment"')],
    ['of JSON, which has no comments', 3, file('json', '{', '  "#": "-- //"', '}')],
    ['of JSON whatever it begins with', 1, file('json', '# JSON does not know this')],
    ['of plain text, where # begins a comment', 1, file('text', '# a comment', 'a key')],
    ['once with the line ends of Windows', 2, file('nginx', 'events {\r', '\r', '# one\r', '}\r')],
    ['never in an empty file', 0, file('text')],
  ])('%s', (_, count, native) => {
    expect(countLines(native)).toBe(count)
  })
})

const caching: Policy = scenarioIn('scenarios/caching.yaml').policy
const site: Site = {
  listen: { host: '127.0.0.1', port: 8080 },
  origins: { catalogue: [{ host: '127.0.0.1', port: 8081 }] },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}

/** Five lines of configuration and one of Lua for routes; two more and four of Lua for a cache. */
const system: System = {
  ...systems['nginx-lua'],
  compile: ({ cache }) => ({
    files: [
      file('nginx', 'http {', '  # routes', '  server {', '    listen 80;', '  }', '}'),
      file('lua', 'return {}'),
      ...(cache.length > 0
        ? [file('nginx', 'cache {', '}'), file('lua', '-- a cache', 'local a', 'local b', '', 'local c', 'return a')]
        : []),
    ],
    fidelity: [],
  }),
}

describe('effort', () => {
  test('is lines of configuration and of script, and for a feature what leaving it out saves', () => {
    const { configLines, scriptLines, features } = measureEffort(system, caching, site)
    expect({ configLines, scriptLines }).toEqual({ configLines: 7, scriptLines: 5 })
    expect(features).toEqual({ cache: { config: 2, script: 4 } })
  })

  test('is not told of a feature that the system does not have', () => {
    const cache = { ...system.support.cache, level: 'none' as const }
    const { features } = measureEffort({ ...system, support: { ...system.support, cache } }, caching, site)
    expect(features).toEqual({})
  })

  test('of nginx is what its files hold, on every policy', () => {
    for (const path of policyFiles) {
      const { policy, origins } = scenarioIn(path)
      const addresses = Object.keys(origins).map((name) => [name, [{ host: '127.0.0.1', port: 8081 }]] as const)
      const here = { ...site, origins: Object.fromEntries(addresses) }
      const { configLines, scriptLines, features } = measureEffort(systems.nginx, policy, here)
      const lines = systems.nginx.compile(policy, here).files.flatMap(({ text }) => text.split('\n'))
      expect(configLines, path).toBe(lines.filter((line) => /^\s*[^\s#]/.test(line)).length)
      expect(scriptLines, path).toBe(0)
      expect(Object.keys(features), path).not.toContain('routes')
      for (const [feature, { config, script }] of Object.entries(features)) {
        // What nginx does unasked, balancing in turn, costs nobody a line.
        if (feature !== 'balancing') expect(config, `${path}: ${feature}`).toBeGreaterThan(0)
        expect(script, `${path}: ${feature}`).toBe(0)
      }
    }
  })
})
