/** Collects what the cells add to the dynamic file, and puts the static one beside it. */
import { type Location, locations } from '../../../policy/locations.ts'
import { consumerHeader, type Policy } from '../../../policy/policy.ts'
import { addsOf, type Cells, supportOf } from '../../cell.ts'
import { commented, writeYaml, type YamlData } from '../../emit/yaml.ts'
import { fidelityOf, supportedPart } from '../../fidelity.ts'
import { type NativeConfig, readyPath, type Site } from '../../system.ts'
import type { ByName, LocationParts, Router, TraefikAdds } from './adds.ts'
import { pathRule, priorityOf } from './rules.ts'
import { anonymous, entryPoint } from './shared.ts'
import { dynamicFile, staticConfiguration, staticFile } from './static-file.ts'

/** Pure. Throws TypeError where a header's name or value could not be one, or a text is none. */
export function compileTraefik(cells: Cells<TraefikAdds>, policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells) })
  const all = addsOf(cells)
  const merged = <Item>(of: (adds: TraefikAdds) => ByName<Item> | undefined): ByName<Item> =>
    Object.assign({}, ...all.map(of))
  const routers = {
    ready,
    ...merged((adds) => adds.routers?.(possible)),
    ...Object.fromEntries(
      locations(possible).map((location, index) => [
        `${index + 1}-${readable(location.path)}`,
        locationRouter(
          location,
          all.flatMap((adds) => adds.location?.(location, possible) ?? []),
        ),
      ]),
    ),
  }
  const dynamic: YamlData = {
    http: {
      middlewares: {
        [anonymous]: { headers: { customRequestHeaders: { [consumerHeader]: '' } } },
        ...merged((adds) => adds.middlewares?.(possible)),
      },
      routers: Object.fromEntries(Object.entries(routers).map(([name, router]) => [name, written(router)])),
      services: merged((adds) => adds.services?.(possible, site)),
    },
  }
  return {
    files: [
      { path: staticFile, language: 'yaml', text: writeYaml(staticConfiguration(site)) },
      { path: dynamicFile, language: 'yaml', text: withoutTemplates(writeYaml(dynamic)) },
    ],
    fidelity: fidelityOf(policy, cells),
  }
}

/**
 * Answered by Traefik itself as soon as the dynamic file, of which it is part, is in force. Before that every path is a
 * 404, while the port is open and /ping says that all is well.
 */
const ready: Router = {
  note: 'Of the routers whose rules match, the highest priority takes a request; by default that is the longest rule.',
  rule: `Path("${readyPath}")`,
  priority: priorityOf(readyPath),
  service: 'ping@internal',
}

function locationRouter({ path }: Location, parts: readonly LocationParts[]): Router {
  const { parents, service }: LocationParts = Object.assign({}, ...parts)
  return {
    rule: pathRule(path),
    priority: priorityOf(path),
    ...(parents ? { parents } : {}),
    middlewares: parts.flatMap(({ middlewares }) => middlewares ?? []),
    ...(service === undefined ? {} : { service }),
  }
}

function written({ note, rule, priority, parents, middlewares = [], service }: Router): YamlData {
  const router = {
    rule,
    priority,
    ...(parents ? { parentRefs: parents } : { entryPoints: [entryPoint] }),
    middlewares: middlewares.length > 0 ? middlewares : undefined,
    service,
  }
  return note === undefined ? router : commented(note, router)
}

function readable(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'path'
}

/**
 * Traefik runs the file as a template of Go before it reads the YAML: `{{ env "HOME" }}` would be replaced, in whichever
 * value it stands. All values are in double quotes, where YAML has another way to write a brace.
 */
function withoutTemplates(yaml: string): string {
  return yaml.replaceAll('{{', '\\x7b\\x7b')
}
