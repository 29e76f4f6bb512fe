/**
 * What is compared where nobody says what: the baseline, a real proxy, a real gateway, and one built by yourself. Where no
 * NGINX can be had, a proxy of ours takes its place.
 */
import { type SystemId, systemIds } from './index.ts'

const usual: readonly string[] = ['direct', 'nginx', 'nginx-njs', 'node-proxy', 'node-gateway']

/** All that may be among them, so that it can be found out which run here. */
export const usualCandidates: readonly SystemId[] = systemIds.filter((id) => usual.includes(id))

export function usualSystems(runsHere: (id: SystemId) => boolean): readonly SystemId[] {
  return usualCandidates.filter((id) => (id === 'node-proxy' ? !runsHere('nginx') : runsHere(id)))
}
