/** The container engine: is there one, what does it have, what can it get. */
import Docker from 'dockerode'

export const engine = new Docker()

export type EngineState =
  | { readonly answers: true; readonly version: string }
  | { readonly answers: false; readonly why: string }

const patienceMs = 2000

/** Never hangs and never throws: an engine that does not answer in two seconds is none. */
export async function askEngine(): Promise<EngineState> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs).unref()
  })
  try {
    const { Version } = await Promise.race([engine.version(), late])
    return { answers: true, version: Version }
  } catch (error) {
    return { answers: false, why: reasonOf(error as NodeJS.ErrnoException) }
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'Docker is not running here'
  if (code === 'EACCES') return 'this user may not talk to Docker'
  if (code === 'ECONNREFUSED') return 'Docker is installed and does not answer'
  return message
}
