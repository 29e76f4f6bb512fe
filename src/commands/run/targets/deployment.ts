/** `--aws-url <url>`: a deployment of Amazon API Gateway, which is asked over TLS and pays for what it is asked. */
import { lookup } from 'node:dns/promises'
import { getCACertificates } from 'node:tls'
import type { SystemChoice } from '../../../experiment/systems-under-test.ts'
import { systems } from '../../../systems/index.ts'
import { deploymentOf } from '../../../systems/running/deployment.ts'
import type { Endpoint } from '../../../systems/system.ts'
import { isNear } from './place.ts'

/** What it is called in the run, beside the emulation. */
export const deploymentLabel = 'aws-deployed'

/** What AWS itself calls an API: `<id>.execute-api.<region>.amazonaws.com`. */
const ofAws = /^[a-z0-9-]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/

export interface Deployment {
  readonly choice: SystemChoice & { readonly label: string }
  /** In a network of the reader's own: no service of AWS at all. */
  readonly isNear: boolean
}

/** The deployment, or what is wrong with its URL as a clause. `isOwner`: hosts that are not AWS's own are the reader's. */
export async function deploymentAt(text: string, isOwner: boolean): Promise<Deployment | string> {
  const url = URL.parse(text)
  if (url?.protocol !== 'https:')
    return 'write the address of its stage, https://<api>.execute-api.<region>.amazonaws.com/<stage>'
  if (url.username !== '' || url.password !== '')
    return 'a name and password mean nothing here: keys go with --aws-key or --keys'
  if (url.search !== '' || url.hash !== '') return 'leave out what follows the stage: the scenario says the paths'
  const basePath = url.pathname.replace(/\/$/, '')
  if (!/^(?:\/[A-Za-z0-9_.~-]+)*$/.test(basePath)) return `“${basePath}” is no stage: letters, digits and - _ . ~`
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const [found] = await lookup(host, { all: true, order: 'ipv4first' }).catch(() => [])
  if (!found) return `no address is known for ${host}`
  const near = isNear(found.address)
  if (!ofAws.test(host) && !near && !isOwner) {
    return `${host} is no address of API Gateway's own: add --i-own-this-host if it is your domain for one`
  }
  const endpoint: Endpoint = {
    host,
    port: url.port === '' ? 443 : Number(url.port),
    // Those that NODE_EXTRA_CA_CERTS names: of a proxy, perhaps, through which alone the network can be reached.
    tls: { trusted: getCACertificates('extra') },
    ...(basePath === '' ? {} : { basePath }),
  }
  const choice = { system: deploymentOf(systems['aws-api-gateway'], endpoint), label: deploymentLabel }
  return { choice, isNear: near }
}
