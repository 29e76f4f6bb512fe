/** kong.conf: what is no entity of the declarative configuration. */
import { writeProperties } from '../../emit/properties.ts'
import { hostAndPort, type Site } from '../../system.ts'
import type { PluginName } from './adds.ts'

/** `entries`: the Lua modules that functions in the sandbox may require. */
export function settings(site: Site, plugins: readonly PluginName[], entries: readonly string[]): string {
  return writeProperties([
    { name: 'prefix', value: site.scratchDir },
    { name: 'database', value: 'off' },
    { name: 'declarative_config', value: `${site.configDir}/kong.yml` },
    { name: 'proxy_listen', value: hostAndPort(site.listen) },
    {
      name: 'admin_listen',
      value: 'off',
      comment: 'Nobody is to change at run time what was proved; and what is not there needs no guard.',
    },
    { name: 'admin_gui_listen', value: 'off' },
    { name: 'status_listen', value: 'off' },
    { name: 'nginx_daemon', value: 'off' },
    { name: 'nginx_worker_processes', value: '1' },
    { name: 'anonymous_reports', value: 'off' },
    { name: 'proxy_access_log', value: 'off' },
    { name: 'proxy_error_log', value: '/dev/stderr' },
    { name: 'headers', value: 'off', comment: 'Answers of the origin keep their own Server, and get no Via.' },
    { name: 'plugins', value: plugins.join(', '), comment: 'Only these are loaded.' },
    {
      name: 'lua_max_req_headers',
      value: '1000',
      comment: 'Plugins see so many headers of a request; of the 100 by default a forged one may be the 101st.',
    },
    {
      name: 'nginx_proxy_proxy_ignore_headers',
      value: 'X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset',
      comment: 'An origin must not steer the edge: without this line X-Accel-Redirect would be obeyed.',
    },
    { name: 'nginx_proxy_proxy_buffers', value: '16 16k', comment: 'Answers of up to 256 KB need no temporary file.' },
    ...(entries.length > 0
      ? [
          { name: 'lua_package_path', value: `${site.configDir}/lua/?.lua` },
          {
            name: 'untrusted_lua_sandbox_requires',
            value: entries.join(', '),
            comment: 'The sandbox of pre-function and post-function stays closed, but for what was written for it.',
          },
        ]
      : []),
  ])
}
