/** What differs between builds: the line that loads the module, and limits where there are no dictionaries. */
import { expect, test } from 'vitest'
import { nginxNjs } from '../../../src/systems/nginx-njs/index.ts'
import type { ModuleHere, Site } from '../../../src/systems/system.ts'
import { emptyPolicy } from '../../policy/empty-policy.ts'
import { referencePolicy } from '../reference-policy.ts'

const site: Site = {
  listen: { host: '127.0.0.1', port: 80 },
  origins: { catalogue: [], orders: [] },
  configDir: '/etc/edge',
  scratchDir: '/run/edge',
}

function compiledFor(module?: ModuleHere) {
  const { files, fidelity } = nginxNjs.compile(referencePolicy, { ...site, ...(module && { module }) })
  return { files, fidelity, text: files.map(({ text }) => text).join('\n') }
}

test('the module is loaded where it is a file, and never where it is built in', () => {
  expect(compiledFor().text).toContain('load_module modules/ngx_http_js_module.so;')
  expect(compiledFor({ load: '/opt/js.so', lacks: [] }).text).toContain('load_module /opt/js.so;')
  expect(compiledFor({ load: null, lacks: [] }).text).not.toContain('load_module')
})

test('a version without dictionaries limits by limit_req, and that is said of every line', () => {
  const { text, files, fidelity } = compiledFor({ load: '/opt/js.so', lacks: ['js_shared_dict_zone'] })
  expect(text).not.toMatch(/js_shared_dict_zone|tokens_left/)
  expect(text).toContain('limit_req zone=rate_limit burst=4 nodelay;')
  expect(files.map(({ path }) => path)).not.toContain('js/edge/bucket.js')
  const limits = fidelity.filter(({ feature }) => feature === 'rateLimit')
  expect(limits.map(({ how }) => how.includes('no shared dictionaries'))).toEqual([true, true])
})

test('only the modules that the policy needs are there, and what makes the edge ready imports each of them', () => {
  const routes = [{ path: '/', origin: 'catalogue' }]
  const bare = nginxNjs.compile({ ...emptyPolicy, routes }, site)
  expect(bare.files.map(({ path }) => path)).toEqual(['nginx.conf', 'js/edge/ready.js'])
  const { files } = compiledFor()
  const names = files.flatMap(({ path }) => /^js\/edge\/(.+)\.js$/.exec(path)?.[1] ?? [])
  const ready = files.find(({ path }) => path === 'js/edge/ready.js')!.text
  expect(names.filter((name) => name !== 'ready' && !ready.includes(`from 'edge/${name}.js'`))).toEqual([])
  expect(names.length).toBe(7)
})
