/** A gateway of the reader's own that runs already: EdgeLab asks it, and neither configures, starts nor stops it. */
import { perFeature } from '../../policy/features/index.ts'
import { policyLines } from '../../policy/lines.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Endpoint, FeatureSupport, Fidelity, System } from '../system.ts'

/** What records call it, beside the label that its reader gave it. */
export const targetId = 'target'

/** Nothing is known of it, so that every line of a policy is tried and its probes alone say what holds. */
export function targetAt(endpoint: Endpoint): System {
  return {
    id: targetId,
    title: 'a target',
    kind: 'target',
    summary: 'A gateway of your own that runs already: proved and measured, not configured.',
    support: perFeature(() => nobodyTold),
    reach: { kind: 'url', endpoint },
    compile: (policy) => ({ files: [], fidelity: unknownFidelity(policy) }),
  }
}

const nobodyTold: FeatureSupport = {
  level: 'unknown',
  how: 'Its owner configured it: what it does, and by what means, its probes alone can say.',
  docs: 'https://www.rfc-editor.org/rfc/rfc9110#section-3.7',
}

/** Of whatever somebody else configured. */
export function unknownFidelity(policy: Policy): readonly Fidelity[] {
  return policyLines(policy).map(({ feature, path, line }) => ({
    feature,
    path,
    line,
    level: 'unknown',
    how: 'Not configured by EdgeLab: probes judge it.',
  }))
}
