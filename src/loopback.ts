/**
 * The one client for what EdgeLab asks of its own programs, which all listen on loopback. Nobody's environment sends it
 * elsewhere: with NODE_USE_ENV_PROXY=1 or --use-env-proxy, fetch and Node's global agent go through HTTP_PROXY, and with
 * NO_PROXY or without it so would the tokens of a run.
 */
import { Agent, type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http'

/** An agent of our own knows of no proxy: it would have to be given one (`proxyEnv`). */
const agent = new Agent()

/** As `request` of node:http; a connection of its own for each. */
export function askLoopback(
  url: string,
  options: Omit<RequestOptions, 'agent'>,
  answered: (response: IncomingMessage) => void,
): ClientRequest {
  return request(url, { ...options, agent }, answered)
}
