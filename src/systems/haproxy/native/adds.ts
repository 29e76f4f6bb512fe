/** What a cell of HAProxy may add to the configuration, and where it stands there. */
import type { Policy } from '../../../policy/policy.ts'
import type { Cell, Cells } from '../../cell.ts'
import type { CfgLine, CfgSection } from '../../emit/haproxy-cfg.ts'
import type { NativeFile, Site } from '../../system.ts'

/** All of it is asked only with the part of the policy that the system can carry out. */
export interface HaproxyAdds {
  /** Lines of the section `global`. */
  readonly global?: (policy: Policy) => readonly CfgLine[]
  /** Sections of their own: after the frontend, which names them. */
  readonly sections?: (policy: Policy, site: Site) => readonly CfgSection[]
  /** Files that the configuration names. */
  readonly files?: (policy: Policy) => readonly NativeFile[]
  /** Rules for requests: HAProxy carries them out in the order in which they are written. */
  readonly request?: (policy: Policy) => RequestRules
  /** Rules for answers, of an origin or of the cache. */
  readonly response?: (policy: Policy) => readonly CfgLine[]
}

/** In this order. */
export const requestSteps = ['find', 'identify', 'admit', 'lookUp', 'pass'] as const

/**
 * `find`: which location it is; `identify`: who asks; `admit`: how much of it; `lookUp`: whether an answer is kept;
 * `pass`: which backend gets it.
 */
export type RequestRules = { readonly [Step in (typeof requestSteps)[number]]?: readonly CfgLine[] }

export type HaproxyCell<F extends keyof Cells> = Cell<F, HaproxyAdds>
