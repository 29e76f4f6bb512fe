/** What a request validator refuses (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html). */
import { z } from 'zod'
import { type Call, queryOf } from '../call.ts'
import type { ReadDocument } from '../definition/document-shape.ts'
import { Refused } from '../integration/errors.ts'

/** Throws Refused. */
export function validate(call: Call, document: ReadDocument): void {
  const { operation } = call.match!.method
  const name =
    operation['x-amazon-apigateway-request-validator'] ?? document['x-amazon-apigateway-request-validator'] ?? ''
  const validators = document['x-amazon-apigateway-request-validators']
  const validator = Object.hasOwn(validators, name) ? validators[name] : undefined
  if (validator?.validateRequestParameters) requireParameters(call)
  if (validator?.validateRequestBody) requireBody(call, document)
}

function requireParameters(call: Call): void {
  const query = queryOf(call)
  const missing = call.match!.method.operation.parameters.filter(({ name, in: place, required }) => {
    const value =
      place === 'query'
        ? query[name]
        : place === 'header'
          ? call.headers[name.toLowerCase()]
          : call.match!.variables[name]
    return required && (value ?? '') === ''
  })
  if (missing.length === 0) return
  const names = missing.map(({ name }) => name).join(', ')
  throw new Refused('BAD_REQUEST_PARAMETERS', `Missing required request parameters: [${names}]`)
}

/** A body of a type for which the method has no model is let through. */
function requireBody({ match, headers, body }: Call, document: ReadDocument): void {
  const { requestBody } = match!.method.operation
  if (!requestBody) return
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]!.trim().toLowerCase()
  const schema = requestBody.content[type]?.schema
  if (!schema) return
  let value: unknown
  try {
    value = JSON.parse(body.toString())
  } catch {
    throw new Refused('BAD_REQUEST_BODY')
  }
  if (!modelOf(schema, document.components?.schemas ?? {}).safeParse(value).success)
    throw new Refused('BAD_REQUEST_BODY')
}

type Schema = Readonly<Record<string, unknown>>

/** Models are written in draft 4 of JSON Schema. Each is made once. */
const models = new WeakMap<Schema, z.ZodType>()

function modelOf(schema: Schema, named: Readonly<Record<string, Schema>>): z.ZodType {
  const known = models.get(schema)
  if (known) return known
  const whole = JSON.stringify({ ...schema, definitions: named }).replaceAll(
    '"#/components/schemas/',
    '"#/definitions/',
  )
  const model = z.fromJSONSchema(JSON.parse(whole) as Parameters<typeof z.fromJSONSchema>[0], {
    defaultTarget: 'draft-4',
  })
  models.set(schema, model)
  return model
}
