/** The same tests for both NGINX systems. */
import { nginx } from '../../../src/systems/nginx/index.ts'
import { nginxLua } from '../../../src/systems/nginx-lua/index.ts'
import { type Lab, withSystem } from '../each-system.ts'

export function withBoth(tests: (lab: Lab) => void): void {
  for (const system of [nginx, nginxLua]) withSystem(system, tests)
}
