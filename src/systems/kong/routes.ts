import { consumerHeader } from '../../policy/policy.ts'
import type { KongCell } from './native/adds.ts'

export const routes: KongCell<'routes'> = {
  support: {
    level: 'native',
    how: 'Services say where requests go, routes which requests those are. A path of a route is a plain prefix – /a takes /ab – so each is a regular expression that ends at a slash; regex_priority makes the longest one win.',
    docs: 'https://developer.konghq.com/gateway/entities/route/',
  },
  adds: {
    // Whoever is not verified here could call himself anything; on routes with keys it is set anew.
    route: () => ({ withheld: [consumerHeader] }),
  },
  fidelity: ({ path }) => {
    const reserved = [...new Set(path.match(/[!*'();:@&=+$,[\]]/g))]
    return {
      level: reserved.length > 0 ? 'approximated' : 'exact',
      how: [
        'A route whose regular expression ends at the border of a segment, with preserve_host; a path that no route takes gets Kong’s own 404 in JSON. Plugins see the first 1000 headers of a request, the most that can be set.',
        reserved.length > 0
          ? `Kong decodes %xx before it compares, but not those of ${reserved.join(' ')}: who percent-encodes one of them gets 404.`
          : '',
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
}
