import type { TraefikCell } from './native/adds.ts'
import { nameOf } from './native/names.ts'
import { pathRule } from './native/rules.ts'

export const routes: TraefikCell<'routes'> = {
  support: {
    level: 'native',
    how: 'Routers with rules. The one with the highest priority takes the request, and by default that is the one with the longest rule text, whatever it says: so every priority is written. PathPrefix does not end at a slash. Nothing checks a configuration beforehand: a router with a mistake is dropped with a line in the log, and the next one that matches takes its requests. Paths are cleaned before they are compared and sent.',
    docs: 'https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/',
  },
  adds: { location: ({ route }) => ({ service: nameOf(route.origin) }) },
  fidelity: ({ path, origin }) => ({
    level: 'exact',
    how: `${pathRule(path)} with the service ${nameOf(origin)}; the priority is the prefix’s length. Dot segments and doubled slashes are resolved first; encoded slashes, backslashes and NUL are refused with 400.`,
  }),
}
