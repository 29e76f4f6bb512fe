/** The product's own validator, and the start: mistakes are found before any check is asked (see index.ts). */

import type { CheckOf } from '../../file/check.ts'
import { type CheckTools, type Judged, judged } from '../tools.ts'

export function judgeConfig({ role }: CheckOf<'config'>, tools: CheckTools): Judged {
  const label = tools.labelOf(role)
  return judged('', `${label} accepts its configuration and starts`, 'it started', undefined)
}
