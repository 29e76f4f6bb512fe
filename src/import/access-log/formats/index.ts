/** The formats that can be named, and which of them a log has. */
import { clear, newRecorded } from '../../recorded.ts'
import { awsReader } from './aws.ts'
import { combinedReader } from './combined.ts'
import { envoyReader } from './envoy.ts'
import { haproxyReader } from './haproxy.ts'
import { jsonReader } from './json.ts'
import type { FieldName } from './json-dialects.ts'
import { type LineReader, notThisFormat } from './reading.ts'

export interface Format {
  readonly title: string
  /** `fields`: keys of JSON objects by what they say. */
  readonly reader: (fields: ReadonlyMap<FieldName, string>) => LineReader
}

/** Where two read as many lines, the first one is meant. */
export const formats = {
  nginx: {
    title: 'the combined format of NGINX and Apache',
    reader: () => combinedReader({ wholeIsMicroseconds: false }),
  },
  haproxy: { title: 'HAProxy’s option httplog', reader: haproxyReader },
  envoy: { title: 'Envoy’s default access log', reader: envoyReader },
  apache: {
    title: 'Apache’s common or combined format, a whole number at the end in microseconds',
    reader: () => combinedReader({ wholeIsMicroseconds: true }),
  },
  aws: { title: 'access logs of API Gateway or of an Application Load Balancer', reader: awsReader },
  json: { title: 'one JSON object a line', reader: jsonReader },
} as const satisfies Readonly<Record<string, Format>>

export type FormatId = keyof typeof formats
export const formatIds = Object.keys(formats) as readonly FormatId[]

/** By how many of the first lines each reads; undefined where none reads any. */
export function detect(lines: readonly string[], fields: ReadonlyMap<FieldName, string>): FormatId | undefined {
  const scores = formatIds.map((id) => {
    const read = formats[id].reader(fields)
    const recorded = newRecorded()
    const score = lines.filter((line) => {
      clear(recorded)
      const unread = read(line, recorded)
      // A line of the format whose request is none still speaks for the format.
      return unread === undefined || (unread !== notThisFormat && !unread.startsWith('a JSON'))
    }).length
    return { id, score }
  })
  const best = scores.reduce((top, each) => (each.score > top.score ? each : top))
  return best.score > 0 ? best.id : undefined
}
