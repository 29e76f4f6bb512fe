import type { RuntimeKind } from '../../../runtime/topology.ts'
import type { Team } from '../../../workshop/protocol/messages.ts'

/** What `edgelab join` was told beside address and code. */
export interface JoinFlags {
  readonly runtime: 'auto' | RuntimeKind
  readonly name?: string
  readonly team?: Team
  readonly passcode?: string
  readonly plain?: boolean
  readonly answers?: string
  readonly until?: string
}
