import type { CaddyCell } from './native/adds.ts'

export const transform: CaddyCell<'transform'> = {
  support: {
    level: 'none',
    how: 'Caddy reads no JSON. Its templates handler runs Go templates that it finds in a body: it does not turn one document into another, and would run what an origin writes. It takes a module in Go, and a build of one’s own.',
    docs: 'https://caddyserver.com/docs/caddyfile/directives/templates',
  },
}
