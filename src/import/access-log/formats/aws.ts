/**
 * What AWS writes: access logs of API Gateway in the four forms that its console offers
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-access-logging.html), and those of Application Load
 * Balancers (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html).
 */
import type { Recorded } from '../../recorded.ts'
import { combinedReader } from './combined.ts'
import { jsonReader } from './json.ts'
import {
  closingQuote,
  type LineReader,
  noRequestLine,
  notThisFormat,
  readRequestLine,
  statusOf,
  type Unread,
} from './reading.ts'
import { type Clock, openClock } from './times.ts'

export function awsReader(): LineReader {
  const clock = openClock()
  const json = jsonReader(new Map())
  const common = combinedReader({ wholeIsMicroseconds: false })
  return (written, into) => {
    // `aws logs tail` and exports to S3 put CloudWatch’s own time before each line.
    const line = written.replace(/^\d{4}-\d\d-\d\dT\S+ (?=[{<"\d[])/, '')
    if (line.startsWith('{')) return json(line, into)
    if (line.startsWith('<')) return readXml(line, clock, into)
    if (/^(?:https?|h2|grpcs|wss?) \d{4}-/.test(line)) return readBalancer(line, clock, into)
    return common(line, into) === undefined ? undefined : readCsv(line, clock, into)
  }
}

/** `<request id="…"> <ip>…</ip> … <requestTime>…</requestTime> <httpMethod>GET</httpMethod> … </request>` */
function readXml(line: string, clock: Clock, into: Recorded): Unread {
  const of = (name: string): string => new RegExp(`<${name}>\\s*([^<]*?)\\s*</${name}>`).exec(line)?.[1] ?? ''
  return fill(into, clock(of('requestTime')), of('httpMethod'), of('resourcePath'), of('status'), of('responseLength'))
}

/** Source address, caller, user, time, method, path, protocol, status, length, id: the time is known by its form. */
function readCsv(line: string, clock: Clock, into: Recorded): Unread {
  const columns = line.split(',').map((text) => text.replace(/^"|"$/g, ''))
  const at = columns.findIndex((text) => /^\d\d\/\w{3}\/\d{4}:/.test(text))
  if (at < 0) return notThisFormat
  const [time, method, path, , status, length] = columns.slice(at)
  return fill(into, clock(time!), method ?? '', path ?? '', status ?? '', length ?? '')
}

function fill(into: Recorded, atMs: number, method: string, target: string, status: string, length: string): Unread {
  if (Number.isNaN(atMs) || !/^\d{3}$|^-$/.test(status)) return notThisFormat
  into.atMs = atMs
  into.method = method
  into.target = target
  into.status = statusOf(Number(status))
  into.bytes = /^\d+$/.test(length) ? Number(length) : -1
  return method === '' || target === '' ? noRequestLine : undefined
}

/** Type, time, balancer, client, target, three times in seconds, two statuses, received and sent bytes, request, agent. */
function readBalancer(line: string, clock: Clock, into: Recorded): Unread {
  const quote = line.indexOf('"')
  const fields = line.slice(0, quote < 0 ? line.length : quote).split(' ')
  const end = quote < 0 ? -1 : closingQuote(line, quote + 1)
  if (end < 0 || fields.length < 12) return notThisFormat
  into.atMs = clock(fields[1]!)
  if (Number.isNaN(into.atMs)) return notThisFormat
  into.status = statusOf(Number(fields[8]))
  into.tookMs = Number(fields[6]) >= 0 ? Number(fields[6]) * 1000 : -1
  into.sentBytes = Number(fields[10])
  into.bytes = Number(fields[11])
  const agent = end + 3
  const agentEnd = closingQuote(line, agent)
  into.userAgent = line[end + 2] === '"' && agentEnd > 0 && line[agent] !== '-' ? line.slice(agent, agentEnd) : ''
  return readRequestLine(line.slice(quote + 1, end), into) ? undefined : noRequestLine
}
