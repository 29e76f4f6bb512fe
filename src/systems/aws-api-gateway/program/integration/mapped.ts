/** An integration that maps: nothing goes on but what parameters and templates name. */
import type { Answer } from '../answer.ts'
import type { Call } from '../call.ts'
import type { ReadIntegration, ReadIntegrationResponse } from '../definition/document-shape.ts'
import type { ReadStage } from '../definition/stage-shape.ts'
import { requestTemplate, responseTemplate } from '../templates/choose.ts'
import { render } from '../templates/render.ts'
import { type Template, templateFor } from '../templates/variables.ts'
import { Refused } from './errors.ts'
import { mappedValues, responseValue } from './mappings.ts'
import type { OriginRequest } from './origin.ts'

type Stage = ReadStage['Stage']

export function mappedRequest(call: Call, integration: ReadIntegration, stage: Stage): OriginRequest {
  const values = mappedValues(call, integration.requestParameters, stage)
  const chosen = requestTemplate(integration.requestTemplates, call.headers['content-type'])
  if (chosen === undefined) refuseUnmapped(call, integration)
  const template = templateFor(call, call.body.toString(), stage)
  const body = chosen === undefined ? call.body : Buffer.from(rendered(chosen, template))
  const { header, querystring, path } = template.overrides.request
  const query = { ...values.querystring, ...Object.fromEntries(querystring) }
  return {
    headers: {
      'content-type': call.headers['content-type'] ?? 'application/json',
      'user-agent': 'AmazonAPIGateway_emulated',
      ...values.header,
      ...Object.fromEntries([...header].map(([name, value]) => [name.toLowerCase(), value])),
    },
    query: new URLSearchParams(query).toString(),
    path: { ...values.path, ...Object.fromEntries(path) },
    body,
  }
}

/** Which bodies without a template go on as they are (https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html). */
function refuseUnmapped({ body }: Call, { passthroughBehavior, requestTemplates }: ReadIntegration): void {
  const hasTemplates = Object.keys(requestTemplates).length > 0
  const goesOn =
    passthroughBehavior === 'when_no_match' || (passthroughBehavior === 'when_no_templates' && !hasTemplates)
  if (body.length > 0 && !goesOn) throw new Refused('UNSUPPORTED_MEDIA_TYPE')
}

export function mappedAnswer(answer: Answer, call: Call, { responses }: ReadIntegration, stage: Stage): Answer {
  const response = responseFor(responses, answer.status)
  if (!response) throw new Refused('API_CONFIGURATION_ERROR')
  const chosen = responseTemplate(response.responseTemplates, call.headers['accept'])
  const template = templateFor(call, answer.body.toString(), stage)
  const body = chosen === undefined ? answer.body : Buffer.from(rendered(chosen, template))
  const { header, status } = template.overrides.response
  return {
    status: status() ?? Number(response.statusCode),
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(response.responseParameters).flatMap(([to, from]) => {
          const name = /^method\.response\.header\.(.+)$/.exec(to)?.[1]?.toLowerCase()
          const value = responseValue(from, answer.headers)
          return name === undefined || value === undefined ? [] : [[name, value]]
        }),
      ),
      ...Object.fromEntries([...header].map(([name, value]) => [name.toLowerCase(), value])),
    },
    body,
  }
}

/** By the whole status, or the default. */
function responseFor(responses: ReadIntegration['responses'], status: number): ReadIntegrationResponse | undefined {
  const selected = Object.entries(responses).find(
    ([pattern]) => pattern !== 'default' && new RegExp(`^(?:${pattern})$`).test(String(status)),
  )
  return selected?.[1] ?? responses['default']
}

/** What a template cannot do is an error of the API. */
function rendered(text: string, { variables }: Template): string {
  try {
    return render(text, variables)
  } catch {
    throw new Refused('API_CONFIGURATION_ERROR')
  }
}
