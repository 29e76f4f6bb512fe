/** How the host starts and asks a referee. */
import { text } from 'node:stream/consumers'
import { EdgeLabError } from '../../errors.ts'
import { askLoopback } from '../../loopback.ts'
import { nodeImage } from '../../systems/node-core/image.ts'
import type { Launch } from '../../systems/system.ts'
import { type Refereed, type RefereePlan, refereeControl, type SelfTest } from './shapes.ts'

export const refereeLaunch: Launch = {
  image: nodeImage,
  executable: { kind: 'program', program: 'referee' },
  args: ({ configDir }) => [`${configDir}/driver.json`],
  readyPath: refereeControl.ready,
}

export interface Referee {
  selfTest(signal: AbortSignal): Promise<SelfTest>
  measure(plan: RefereePlan, signal: AbortSignal): Promise<Refereed>
}

/** Its calls throw EdgeLabError `driverFailed`; an aborted signal rejects with its reason. */
export function connectReferee(controlUrl: string, token: string): Referee {
  async function post<Answer>(path: string, body: unknown, signal: AbortSignal): Promise<Answer> {
    try {
      const { status, said } = await new Promise<{ status: number; said: string }>((resolve, reject) => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
        askLoopback(controlUrl + path, { method: 'POST', headers, signal }, (response) => {
          text(response).then((said) => resolve({ status: response.statusCode ?? 0, said }), reject)
        })
          .on('error', reject)
          .end(JSON.stringify(body))
      })
      if (status !== 200) throw new Error(`it answered ${status} to ${path}: ${said}`)
      return JSON.parse(said) as Answer
    } catch (cause) {
      signal.throwIfAborted()
      throw new EdgeLabError('driverFailed', { why: `the referee: ${(cause as Error).message}` }, { cause })
    }
  }
  return {
    selfTest: (signal) => post(refereeControl.selfTest, {}, signal),
    measure: (plan, signal) => post(refereeControl.measure, plan, signal),
  }
}
