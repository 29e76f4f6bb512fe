/** Keys and the usage plans that they belong to: without one, a key opens nothing. */
import { createHash } from 'node:crypto'
import type { ApiKeyResource, StageFile, UsagePlan } from '../../definition/stage.ts'

export interface Client {
  readonly key: ApiKeyResource
  readonly plan: UsagePlan
}

export function createKeys({
  ApiKeys,
  UsagePlans,
  Stage,
}: StageFile): (sent: string | undefined) => Client | undefined {
  const plans = UsagePlans.filter(({ ApiStages }) => ApiStages.some((each) => each.Stage === Stage.StageName))
  const clients = new Map(
    ApiKeys.filter(({ Enabled }) => Enabled).flatMap((key): [string, Client][] => {
      const plan = plans.find(({ KeyIds }) => KeyIds.includes(key.Id))
      return plan ? [[digest(key.Value), { key, plan }]] : []
    }),
  )
  // Looked up by digest: how long that takes tells nothing about how much of a key was right.
  return (sent) => (sent === undefined ? undefined : clients.get(digest(sent)))
}

function digest(key: string): string {
  return createHash('sha256').update(key).digest('base64')
}
