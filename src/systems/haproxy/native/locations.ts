/** The locations of a policy in rules: each has a name, which a variable of the request holds once it is found. */
import { type Location, locations } from '../../../policy/locations.ts'
import type { Policy } from '../../../policy/policy.ts'
import { acl, type CfgLine } from '../../emit/haproxy-cfg.ts'

/** The request's path as it is compared: decoded. */
export const pathVariable = 'txn.path'

/** The name of the request's location; not set where no route takes it. */
const locationVariable = 'txn.location'

/** `txn.location` as a sample. */
export const locationSample = `var(${locationVariable})`

export interface NamedLocation extends Location {
  /** Letters, digits and `_`, beginning with a letter. */
  readonly name: string
}

/** All of them, longest prefix first, each with a name that reminds of its path. */
export function namedLocations(policy: Policy): readonly NamedLocation[] {
  const seen = new Map<string, number>()
  return locations(policy).map((location) => {
    const readable = location.path.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_|_$/g, '')
    const name = /^[A-Za-z]/.test(readable) ? readable : `path${readable && `_${readable}`}`
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    // A doubled mark: no name ends so by itself.
    return { ...location, name: count === 1 ? name : `${name}__${count}` }
  })
}

/** Conditions of the name `condition`, true for the requests to these locations; also in rules for answers. */
export function at(
  condition: string,
  wanted: (location: NamedLocation) => boolean,
  policy: Policy,
): readonly CfgLine[] {
  return namedLocations(policy)
    .filter(wanted)
    .map(({ name }) => acl(condition, locationSample, 'str', name))
}

/** `limited`, `limited_2` …: the first of its kind needs no number. */
export function numbered(name: string, index: number): string {
  return index === 0 ? name : `${name}_${index + 1}`
}

/** Sets the variable that `locationSample` reads. */
export function nameLocation(name: string): readonly [string, string, string] {
  return ['http-request', `set-var(${locationVariable})`, `str(${name})`]
}
