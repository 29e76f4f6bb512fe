import type { TraefikCell } from './native/adds.ts'

export const cache: TraefikCell<'cache'> = {
  support: {
    level: 'none',
    how: 'The free Traefik Proxy has no cache. Traefik Labs sells one (HTTP Cache of Traefik Hub); there are plugins of others, in Go, which Traefik interprets.',
    docs: 'https://doc.traefik.io/traefik-hub/api-gateway/reference/routing/http/middlewares/ref-http-cache',
  },
}
