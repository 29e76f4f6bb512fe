import { z } from 'zod'
import { scenarioInput } from './input.ts'

/** The JSON Schema of scenario files, for editors: they complete, explain and check while one writes. */
export function scenarioJsonSchema(): string {
  const schema = z.toJSONSchema(scenarioInput, { io: 'input', unrepresentable: 'any' })
  return `${JSON.stringify({ title: 'EdgeLab scenario', ...schema }, null, 2)}\n`
}
