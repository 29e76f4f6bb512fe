/** Reads the OpenAPI document and the stage file. People edit both, so every mistake is named by its place, all at once. */
import type { z } from 'zod'
import { inspect, mistakeLine } from '../../../../mistakes/inspect.ts'
import { documentShape, type ReadDocument } from './document-shape.ts'
import { type ReadStage, stageShape } from './stage-shape.ts'

export interface Files {
  readonly document: ReadDocument
  readonly stage: ReadStage
}

/** Throws an Error whose message has a line for each mistake, with the file’s name before it. */
export function readFiles(texts: { readonly document: string; readonly stage: string }): Files {
  const document = read(documentShape, texts.document, 'openapi.json')
  const stage = read(stageShape, texts.stage, 'stage.json')
  const mistakes = [...document.mistakes, ...stage.mistakes]
  if (document.data && stage.data) mistakes.push(...contradictions(document.data, stage.data))
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'))
  return { document: document.data!, stage: stage.data! }
}

/** What neither file shows by itself: methods that want keys which nobody has, and what an HTTP API does not know. */
function contradictions(document: ReadDocument, stage: ReadStage): readonly string[] {
  const ids = new Set(stage.ApiKeys.map(({ Id }) => Id))
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ place: `paths.${path}.${method}`, operation })),
  )
  const isRest = stage.ApiType === 'REST'
  return [
    ...stage.UsagePlans.flatMap(({ KeyIds }, n) =>
      KeyIds.filter((id) => !ids.has(id)).map((id) => `  stage.json: UsagePlans.${n}.KeyIds: there is no key ${id}`),
    ),
    ...(isRest
      ? []
      : [
          ...operations.flatMap(({ place, operation }) => [
            ...(operation['x-amazon-apigateway-integration'].type === 'http_proxy'
              ? []
              : [`  openapi.json: ${place}: an HTTP API has http_proxy integrations alone`]),
            ...(operation.security.length === 0 ? [] : [`  openapi.json: ${place}: an HTTP API knows no keys`]),
          ]),
          ...(stage.ApiKeys.length + stage.UsagePlans.length === 0
            ? []
            : ['  stage.json: ApiKeys, UsagePlans: an HTTP API knows no keys']),
          ...(stage.Stage.CacheClusterEnabled
            ? ['  stage.json: Stage.CacheClusterEnabled: an HTTP API has no cache']
            : []),
        ]),
  ]
}

function read<Schema extends z.ZodType>(
  schema: Schema,
  text: string,
  file: string,
): { readonly data?: z.output<Schema>; readonly mistakes: readonly string[] } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { mistakes: [`  ${file}: not JSON: ${(error as Error).message}`] }
  }
  const result = inspect(schema, value)
  return result.mistakes
    ? { mistakes: result.mistakes.map((each) => `  ${file}: ${mistakeLine(each, 'the document')}`) }
    : { data: result.data, mistakes: [] }
}
