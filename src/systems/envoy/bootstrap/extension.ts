/** Envoy's extensions: a name, and a configuration that says of which type it is. */
import type { YamlData } from '../../emit/yaml.ts'

export type YamlMap = Readonly<Record<string, YamlData | undefined>>

/** The fields of a message, with its type: Envoy reads no extension's configuration without. */
export function typed(message: string, fields: YamlMap = {}): YamlMap {
  return { '@type': `type.googleapis.com/${message}`, ...fields }
}

export function extension(name: string, message: string, fields?: YamlMap): YamlMap {
  return { name, typed_config: typed(message, fields) }
}

/** For a route's `typed_per_filter_config`: there the filter is on, as it was configured in the chain. */
export const switchedOn: YamlMap = typed('envoy.config.route.v3.FilterConfig', { config: {} })

/** `consumer`, `consumer-2`, `consumer-3` …: the first of its kind needs no number. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}-${index + 1}`
}
