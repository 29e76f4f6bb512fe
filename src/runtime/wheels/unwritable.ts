import { EdgeLabError } from '../../errors.ts'
import { whyUnwritable } from '../../text-file.ts'

/** For `catch`: the system's refusal as EdgeLabError `binaryUnwritable`. */
export function unwritable(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new EdgeLabError('binaryUnwritable', { path, why: whyUnwritable(cause) }, { cause })
  }
}
