/** CPU time that parts use between two moments. */
import type { Running } from '../../runtime/topology.ts'

/** Parts whose time counts together; null for one whose time says nothing, or is nobody's. */
export type Accounts<Who extends string> = Readonly<Record<Who, readonly Running[] | null>>

/** Reads the accounts; what it returns reads them again and says what was spent since, nanoseconds. */
export async function openCpuAccounts<Who extends string>(
  accounts: Accounts<Who>,
): Promise<() => Promise<Record<Who, number | null>>> {
  const before = await readAll(accounts)
  return async () => {
    const after = await readAll(accounts)
    const spent = Object.entries<number | null>(after).map(([who, ns]) => {
      const from = before[who as Who]
      return [who, ns === null || from === null ? null : ns - from] as const
    })
    return Object.fromEntries(spent) as Record<Who, number | null>
  }
}

async function readAll<Who extends string>(accounts: Accounts<Who>): Promise<Record<Who, number | null>> {
  const entries = Object.entries<readonly Running[] | null>(accounts).map(async ([who, parts]) => {
    const each = await Promise.all((parts ?? []).map((part) => part.cpuNs()))
    const sum = each.reduce<number | null>((all, ns) => (all === null || ns === null ? null : all + ns), 0)
    return [who, parts ? sum : null] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Record<Who, number | null>
}
