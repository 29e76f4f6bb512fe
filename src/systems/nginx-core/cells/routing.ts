/** What both systems add for a route, and how exactly that carries out a line. */
import type { Route } from '../../../policy/features/routes/line.ts'
import type { LineFidelity } from '../../cell.ts'
import { directive } from '../../emit/nginx-conf.ts'
import type { NginxAdds } from '../adds.ts'
import { upstreamName } from '../names.ts'

/** The locations themselves are those of location-blocks.ts: one for every path that any line names. */
const adds: NginxAdds = {
  location: ({ route }) => ({ pass: [directive('proxy_pass', `http://${upstreamName(route.origin)}`)] }),
}

export const routingPart = { adds, fidelity }

function fidelity({ path, origin }: Route): LineFidelity {
  const pass = `proxy_pass http://${upstreamName(origin)}`
  return {
    level: 'exact',
    how:
      path === '/'
        ? `location / with ${pass}; the longest prefix wins by itself.`
        : `location = ${path} and location ${path.replace(/\/$/, '')}/, which together keep to segment borders, with ${pass}.`,
  }
}
