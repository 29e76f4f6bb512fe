/** The registry of systems, in the order in which they are listed everywhere. */
import { direct } from './direct/index.ts'
import { nginx } from './nginx/index.ts'
import { nginxLua } from './nginx-lua/index.ts'
import { nodeGateway } from './node-gateway/index.ts'
import { nodeProxy } from './node-proxy/index.ts'
import type { System, SystemId } from './system.ts'

export const systems = {
  direct,
  nginx,
  'nginx-lua': nginxLua,
  'node-proxy': nodeProxy,
  'node-gateway': nodeGateway,
} as const satisfies Record<SystemId, System>
