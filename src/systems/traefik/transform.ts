import type { TraefikCell } from './native/adds.ts'

export const transform: TraefikCell<'transform'> = {
  support: {
    level: 'none',
    how: 'Middlewares change headers and paths, and no bodies. A plugin could: Go of one’s own, which Traefik interprets for every answer.',
    docs: 'https://doc.traefik.io/traefik/extend/extend-traefik/',
  },
}
