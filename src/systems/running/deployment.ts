/** A managed system where it is no emulation: deployed by the reader, and met at its URL. */
import type { Endpoint, System } from '../system.ts'
import { unknownFidelity } from './target.ts'

/**
 * The same service with the same claims; but what was deployed, nobody told, so that its lines are judged by their probes
 * alone. Lines that the service cannot carry out stay impossible.
 */
export function deploymentOf(system: System, endpoint: Endpoint): System {
  return {
    ...system,
    kind: 'deployment',
    title: `${system.title}, deployed`,
    summary: 'The service itself, deployed by you: proved and measured, not configured.',
    reach: { kind: 'url', endpoint },
    compile: (policy, site) => {
      const impossible = new Map(
        system
          .compile(policy, site)
          .fidelity.filter(({ level }) => level === 'impossible')
          .map((line) => [line.path, line]),
      )
      return { files: [], fidelity: unknownFidelity(policy).map((line) => impossible.get(line.path) ?? line) }
    },
  }
}
