/** One policy → Kong's declarative configuration, its settings, and the Lua that its functions call. */
import { policyFeatures } from '../../../policy/features/index.ts'
import { type Location, locations } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { addsOf, type Cells, cannotOf, supportOf } from '../../cell.ts'
import { commented, writeYaml, type YamlData } from '../../emit/yaml.ts'
import { fidelityOf, supportedPart } from '../../fidelity.ts'
import { type NativeConfig, readyPath, type Site } from '../../system.ts'
import type { Functions, KongAdds, Plugin, PluginName, RouteAdds } from './adds.ts'
import { routeName } from './names.ts'
import { settings } from './settings.ts'

/** Knows no feature: it collects what the cells add. */
export function compileKong(cells: Cells<KongAdds>, policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells), cannot: cannotOf(cells) })
  const used = addsOf(
    cells,
    policyFeatures.filter((feature) => feature === 'balancing' || possible[feature].length > 0),
  )
  const routes = locations(possible).map((location, index) => ({
    origin: location.route.origin,
    name: routeName(location.path, index),
    location,
    plugins: pluginsOf(used.flatMap(({ route }) => route?.(location, possible) ?? [])),
  }))
  const modules = used.flatMap((adds) => adds.modules ?? [])
  const plugins = [
    ...new Set(['request-termination' as const, ...routes.flatMap(({ plugins }) => plugins.map(({ name }) => name))]),
  ]
  const entries = modules.map(({ entry }) => entry)
  return {
    files: [
      { path: 'kong.yml', language: 'yaml', text: declarative(used, possible, site, routes) },
      { path: 'kong.conf', language: 'properties', text: settings(site, plugins, entries) },
      ...modules.flatMap(({ sources }) =>
        Object.entries(sources).map(([name, text]) => ({
          path: `lua/${name.replaceAll('.', '/')}.lua`,
          language: 'lua',
          text,
        })),
      ),
    ],
    fidelity: fidelityOf(policy, cells),
  }
}

interface Route {
  readonly origin: string
  readonly name: string
  readonly location: Location
  readonly plugins: readonly Plugin[]
}

function declarative(used: readonly KongAdds[], policy: Policy, site: Site, routes: readonly Route[]): string {
  const consumers = used.flatMap((adds) => adds.consumers?.(policy) ?? [])
  return writeYaml({
    _format_version: '3.0',
    upstreams: used.flatMap((adds) => adds.upstreams?.(policy, site) ?? []),
    services: [...Map.groupBy(routes, ({ origin }) => origin)].map(([origin, own], index) => ({
      name: origin,
      host: index === 0 ? commented('The upstream of that name.', origin) : origin,
      protocol: 'http',
      connect_timeout: 2000,
      retries:
        index === 0
          ? commented('Five, where nothing is said. Failover is not part of a policy: nobody is asked again.', 0)
          : 0,
      routes: own.map(routeData),
    })),
    routes: [
      commented('Answered by Kong itself, so that ready means: this configuration is live.', {
        name: 'ready',
        paths: [`~${regexText(readyPath)}$`],
        regex_priority: 1000,
        plugins: [{ name: 'request-termination', config: { status_code: 204 } }],
      }),
    ],
    ...(consumers.length > 0 ? { consumers } : {}),
  })
}

function routeData({ name, location: { path }, plugins }: Route): YamlData {
  return {
    name,
    ...(path === '/' ? { paths: ['/'] } : { paths: [`~${prefixRegex(path)}`], regex_priority: path.length }),
    strip_path: false,
    preserve_host: true,
    plugins: plugins.map((plugin) => {
      const data = { name: plugin.name, config: plugin.config }
      return plugin.comment === undefined ? data : commented(plugin.comment, data)
    }),
  }
}

/** The prefix itself, and everything below it. */
function prefixRegex(path: string): string {
  return path.endsWith('/') ? regexText(path) : `${regexText(path)}(?:/|$)`
}

/** Matches the text and nothing else, for PCRE and for Rust's regex: the one checks it, the other uses it. */
function regexText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** As Kong runs them, by priorities of their own; a file that says so too is the easier to read. */
const inTheirOrder: readonly PluginName[] = [
  'pre-function',
  'key-auth',
  'acl',
  'rate-limiting',
  'request-transformer',
  'proxy-cache',
  'post-function',
]

/** What the cells want of a route, as plugins: one of each name, as Kong takes no more. */
function pluginsOf(adds: readonly RouteAdds[]): readonly Plugin[] {
  const functions = adds.flatMap((each) => each.functions ?? [])
  const all = [
    ...functionsOf('pre-function', functions),
    ...adds.flatMap(({ plugins = [] }) => plugins),
    ...headersOf(adds),
    ...functionsOf('post-function', functions),
  ]
  return all.toSorted((one, other) => inTheirOrder.indexOf(one.name) - inTheirOrder.indexOf(other.name))
}

/** What the origin is told: taken away first, then set, so that nobody’s own word stays. */
function headersOf(adds: readonly RouteAdds[]): readonly Plugin[] {
  const withheld = [...new Set(adds.flatMap((each) => each.withheld ?? []))]
  const added = adds.flatMap((each) => Object.entries(each.added ?? {})).map(([name, value]) => `${name}:${value}`)
  if (withheld.length === 0 && added.length === 0) return []
  return [
    {
      name: 'request-transformer',
      config: {
        remove: withheld.length > 0 ? { headers: withheld } : undefined,
        add: added.length > 0 ? { headers: added } : undefined,
      },
    },
  ]
}

function functionsOf(plugin: Functions['plugin'], functions: readonly Functions[]): readonly Plugin[] {
  const own = functions.filter((each) => each.plugin === plugin)
  if (own.length === 0) return []
  const phases = [...Map.groupBy(own, ({ phase }) => phase)]
  return [
    { name: plugin, config: Object.fromEntries(phases.map(([phase, each]) => [phase, each.map(({ lua }) => lua)])) },
  ]
}
