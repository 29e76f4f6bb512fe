/** A policy's ttl: Cache-Control for answers that say nothing of it themselves, as the cache obeys nothing else. */
import type { Cache } from '../../../../policy/features/cache/line.ts'
import type { PlacedFilter } from '../adds.ts'
import { extension, numbered, typed, type YamlMap } from '../extension.ts'
import { headerMutation, set } from '../header-mutation.ts'

/** Cache-Control has whole seconds; what lies between is rounded up. */
export function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}

export function lifetimeName(index: number): string {
  return numbered('edge.lifetime', index)
}

/** The ttl stands in for what a 200 leaves out, but never for one caller’s own answer. */
export function lifetimeFilter({ ttlMs }: Cache, index: number): PlacedFilter {
  const name = lifetimeName(index)
  const speaksForItself = {
    or_matcher: { predicate: [present('cache-control'), present('expires'), present('set-cookie'), isNot200] },
  }
  return {
    place: 'origin',
    ...(index === 0
      ? {
          comment:
            'The ttl of the policy, for a 200 that says nothing of its freshness; with Set-Cookie it is somebody’s own.',
        }
      : {}),
    filter: {
      name,
      typed_config: typed('envoy.extensions.common.matching.v3.ExtensionWithMatcher', {
        extension_config: headerMutation(name, {
          response: [set('cache-control', `max-age=${wholeSeconds(ttlMs)}`)],
        }),
        xds_matcher: { matcher_list: { matchers: [{ predicate: speaksForItself, on_match: { action: skip } }] } },
      }),
    },
  }
}

const skip: YamlMap = extension('skip', 'envoy.extensions.filters.common.matcher.action.v3.SkipFilter')

function present(header: string): YamlMap {
  const input = extension(header, 'envoy.type.matcher.v3.HttpResponseHeaderMatchInput', { header_name: header })
  return { single_predicate: { input, value_match: { safe_regex: { google_re2: {}, regex: '.*' } } } }
}

const isNot200: YamlMap = {
  not_matcher: {
    single_predicate: {
      input: extension('status', 'envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput'),
      value_match: { exact: '200' },
    },
  },
}
