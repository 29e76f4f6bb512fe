/** From a call to the origin’s answer, mapped on both ways. */
import type { Answer } from '../answer.ts'
import type { Call } from '../call.ts'
import type { ReadIntegration } from '../definition/document-shape.ts'
import type { ReadStage } from '../definition/stage-shape.ts'
import type { Flavour } from '../flavours/flavours.ts'
import { Refused } from './errors.ts'
import { headersToClient, headersToOrigin } from './headers.ts'
import type { Targets } from './load-balancers.ts'
import { mappedAnswer, mappedRequest } from './mapped.ts'
import { mappedValues } from './mappings.ts'
import { askOrigin, type OriginRequest } from './origin.ts'

/** Throws Refused where the origin does not answer, or a mapping cannot be carried out. */
export async function integrate(
  call: Call,
  targets: Targets,
  flavour: Pick<Flavour, 'longestMs' | 'forwarded'>,
  stage: ReadStage['Stage'],
): Promise<Answer> {
  const integration = call.match!.method.operation['x-amazon-apigateway-integration']
  const timeoutMs = integration.timeoutInMillis ?? flavour.longestMs
  const ask = (request: OriginRequest): Promise<Answer> =>
    askOrigin(call, { ...integration, timeoutMs }, request, targets, stage.Variables)
  switch (integration.type) {
    case 'mock':
      return mappedAnswer(mocked(call, integration, stage), call, integration, stage)
    case 'http':
      return mappedAnswer(await ask(mappedRequest(call, integration, stage)), call, integration, stage)
    case 'http_proxy': {
      const answer = await ask(proxiedRequest(call, integration, flavour, stage))
      return { ...answer, headers: headersToClient(answer.headers) }
    }
  }
}

/** Headers, query and body as the client sent them, with what is mapped laid over. */
function proxiedRequest(
  call: Call,
  integration: ReadIntegration,
  { forwarded }: Pick<Flavour, 'forwarded'>,
  stage: ReadStage['Stage'],
): OriginRequest {
  const { header, querystring, path } = mappedValues(call, integration.requestParameters, stage)
  return {
    headers: { ...headersToOrigin(call.headers), ...forwarded(call), ...header },
    query: [call.query, new URLSearchParams(querystring).toString()].filter(Boolean).join('&'),
    path,
    body: call.body,
  }
}

/** A mock integration answers with the status that its request template names. */
function mocked(call: Call, integration: ReadIntegration, stage: ReadStage['Stage']): Answer {
  let status: number
  try {
    status = Number((JSON.parse(mappedRequest(call, integration, stage).body.toString()) as Answered).statusCode)
  } catch {
    throw new Refused('API_CONFIGURATION_ERROR')
  }
  return { status, headers: {}, body: Buffer.alloc(0) }
}

interface Answered {
  readonly statusCode?: unknown
}
