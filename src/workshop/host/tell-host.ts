/** What the facilitator wants, told to the running host from another terminal of the same user. */
import { Agent, request } from 'node:https'
import { EdgeLabError } from '../../errors.ts'
import { readText } from '../../text-file.ts'
import { type HostChange, protocolHeader, protocolVersion } from '../protocol/messages.ts'
import { refusedSchema } from '../protocol/refused.ts'
import { addressFile, type WorkshopFolder } from './state/workshop-folder.ts'

const answerMs = 10_000

/** On the host's disk when it resolves. Throws EdgeLabError `hostSilent`, `noWorkshop`. */
export async function tellHost(workshop: WorkshopFolder, change: HostChange): Promise<void> {
  const { title } = workshop.settings
  const address = await readText(addressFile(workshop.folder)).catch(() => '')
  if (address === '') throw new EdgeLabError('noWorkshop', { why: `No host is running for “${title}”.` })
  const answer = await post(`https://${address}/v1/host/orders`, workshop, JSON.stringify(change)).catch((cause) => {
    const { code, message } = cause as NodeJS.ErrnoException
    const why = code === 'ECONNREFUSED' ? 'nobody listens there' : message
    throw new EdgeLabError('hostSilent', { title, address, why }, { cause })
  })
  if (answer.status === 204) return
  throw new EdgeLabError('hostSilent', { title, address, why: whyRefused(answer) })
}

interface Answer {
  readonly status: number
  readonly body: string
}

function post(url: string, { tls, hostToken }: WorkshopFolder, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${hostToken}`,
          'content-type': 'application/json',
          [protocolHeader]: String(protocolVersion),
        },
        // The host's own certificate is the only one that is believed, whatever name it bears.
        ca: tls.certificate,
        checkServerIdentity: () => undefined,
        // An agent of our own knows of no proxy.
        agent: new Agent(),
        signal: AbortSignal.timeout(answerMs),
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          text += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
        response.on('error', reject)
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}

function whyRefused({ status, body }: Answer): string {
  try {
    const { refused, why } = refusedSchema.parse(JSON.parse(body))
    return why === '' ? refused : `${refused}: ${why}`
  } catch {
    return `it answered with status ${status}`
  }
}
