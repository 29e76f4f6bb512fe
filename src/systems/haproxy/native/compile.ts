/** Collects what the cells add to haproxy.cfg and to the files that it names. It knows no feature. */
import type { Policy } from '../../../policy/policy.ts'
import { addsOf, type Cells, supportOf } from '../../cell.ts'
import { blank, type CfgLine, writeHaproxyCfg } from '../../emit/haproxy-cfg.ts'
import { fidelityOf, supportedPart } from '../../fidelity.ts'
import type { NativeConfig, Site } from '../../system.ts'
import { type HaproxyAdds, requestSteps } from './adds.ts'
import { defaultsSection, edgeFrontend, globalSection } from './frame.ts'

/** Pure. Throws TypeError where a name or path holds what no configuration of HAProxy can say (NUL). */
export function compileHaproxy(cells: Cells<HaproxyAdds>, policy: Policy, site: Site): NativeConfig {
  const possible = supportedPart(policy, { support: supportOf(cells) })
  const all = addsOf(cells)
  const each = <Part>(parts: (adds: HaproxyAdds) => readonly Part[] | undefined): readonly Part[] =>
    all.flatMap((adds) => parts(adds) ?? [])
  const rules = all.map((adds) => adds.request?.(possible) ?? {})
  const request = requestSteps.flatMap((step): readonly CfgLine[] => [
    ...rules.flatMap((one) => one[step] ?? []),
    blank,
  ])
  const text = writeHaproxyCfg('Written by EdgeLab from a policy.', [
    globalSection(each((adds) => adds.global?.(possible))),
    defaultsSection,
    edgeFrontend(
      site,
      request,
      each((adds) => adds.response?.(possible)),
    ),
    ...each((adds) => adds.sections?.(possible, site)),
  ])
  return {
    files: [{ path: 'haproxy.cfg', language: 'haproxy', text }, ...each((adds) => adds.files?.(possible))],
    fidelity: fidelityOf(policy, cells),
  }
}
