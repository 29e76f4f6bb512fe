/** `--origins`: where the origins of a run listen, so that somebody who configures a target can know it beforehand. */
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import { instancesOf } from '../../../experiment/origins.ts'
import type { Scenario } from '../../../scenario/scenario.ts'
import { type Address, hostAndPort } from '../../../systems/system.ts'

/** Where a target is named and nothing is said of the origins. */
export const defaultOriginsFrom: Address = { host: '127.0.0.1', port: 9001 }

/** `9001`, `172.17.0.1:9001` or `[fd00::1]:9001`; or what is wrong with it as a clause. */
export function originsFrom(text: string, scenarios: readonly Scenario[]): Address | string {
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]:|([^:]+):)?(\d{1,5})$/.exec(text) ?? []
  if (digits === undefined) return `“${text}” is no port, nor address:port`
  const host = bracketed ?? plain ?? defaultOriginsFrom.host
  if (isIP(host) === 0) return `“${host}” is not an IP address: the origins listen on one of this machine`
  if (!ownAddresses().includes(host)) return `this machine does not have the address ${host}`
  const port = Number(digits)
  const last = port + Math.max(...scenarios.map((each) => instancesOf(each).length)) - 1
  return port < 1024 || last > 65_535
    ? `the origins need ports ${port} to ${last}: allowed are 1024 to 65535`
    : { host, port }
}

function ownAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((each = []) => each.map(({ address }) => address))
}

/** `catalogue 127.0.0.1:9001, 127.0.0.1:9002`, one for each origin of a scenario. */
export function originsInWords(scenario: Pick<Scenario, 'origins'>, from: Address): readonly string[] {
  const placed = instancesOf(scenario).map(({ name }, index) => ({
    name,
    place: hostAndPort({ ...from, port: from.port + index }),
  }))
  return [...Map.groupBy(placed, ({ name }) => name)].map(
    ([name, each]) => `${name} ${each.map(({ place }) => place).join(', ')}`,
  )
}
