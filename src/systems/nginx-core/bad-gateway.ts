/** What the edge says where an origin gave no answer. */
import { block, type ConfNode, comment, directive } from '../emit/nginx-conf.ts'

export const badGatewayBody = '{"error":"bad_gateway"}'

/** A location of the server block; both servers of a configuration have one. */
export const badGateway: readonly ConfNode[] = [
  comment('No answer from an origin. The status, 502 or 504, stays; an answer of the origin’s own passes as it is.'),
  block('location', ['@bad_gateway'], [directive('return', '502', badGatewayBody)]),
]

/** For the server block. A location with an error_page of its own must repeat it. */
export const onBadGateway: ConfNode = directive('error_page', '502', '504', '@bad_gateway')
