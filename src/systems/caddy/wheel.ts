import type { Wheel } from '../system.ts'

export const caddyWheel: Wheel = {
  product: 'caddy',
  requirements: 'src/systems/caddy/requirements.txt',
  // Pip puts it into bin; uv leaves it where the wheel has it.
  binary: /(^|\/)(bin|scripts)\/caddy$/,
  versionArgs: ['version'],
  megabytes: 52,
}
