/** Clients whose rate limit is theirs alone: only of them can be said what a bucket would have let through. */
import type { Scenario } from '../scenario.ts'

/** Whether a client alone draws on one bucket, with all that it asks for. */
export function hasOwnBucket(
  { policy, clients, traffic }: Pick<Scenario, 'policy' | 'clients' | 'traffic'>,
  client: string,
): boolean {
  const [line, ...more] = policy.rateLimit
  if (!line || more.length > 0) return false
  const owner = clients[client]?.consumer
  const sharing = Object.values(clients).filter((each) => line.per === 'address' || each.consumer === owner)
  const asked = traffic.flatMap(({ mix }) => mix.filter((entry) => entry.client === client))
  const prefix = line.path === '/' ? '/' : `${line.path}/`
  return (
    (policy.apiKey.length === 0 || owner !== undefined) &&
    sharing.length === 1 &&
    asked.every(({ path }) => path === line.path || path.startsWith(prefix) || path.startsWith(`${line.path}?`))
  )
}
