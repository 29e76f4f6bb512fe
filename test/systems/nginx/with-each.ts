/** The same tests for all NGINX systems, each where it can run. */
import { nginx } from '../../../src/systems/nginx/index.ts'
import { nginxLua } from '../../../src/systems/nginx-lua/index.ts'
import { nginxNjs } from '../../../src/systems/nginx-njs/index.ts'
import type { System } from '../../../src/systems/system.ts'
import { type Lab, withSystem } from '../each-system.ts'

export const nginxSystems: readonly System[] = [nginx, nginxLua, nginxNjs]

export function withEach(tests: (lab: Lab) => void): void {
  withSystems(nginxSystems, tests)
}

export function withSystems(among: readonly System[], tests: (lab: Lab) => void): void {
  for (const system of among) withSystem(system, tests)
}
