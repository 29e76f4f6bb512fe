/** An error for people: what happened, each mistake with its place, what to do, and the end of the log of what failed. */
import type { EdgeLabError, Problem } from '../../errors.ts'
import { logLines } from './report.ts'
import { paint, shown, type TextOptions, wrapped } from './style.ts'

export function renderError(error: EdgeLabError, options: TextOptions): string {
  const title = `${paint('error:', 'bad', options)} ${paint(shown(error.title, options), 'strong', options)}`
  const lines = [
    ...wrapped(title, options),
    ...wrapped(shown(error.message, options), options),
    ...error.problems.flatMap((problem) => problemLines(problem, options)),
    ...logLines(error.logTail, options),
    ...wrapped(shown(error.hint, options), options),
  ]
  return `${lines.join('\n')}\n`
}

/** `caching.yaml:12:5  policy.cache.0.ttl  …`: place first, in the form that editors and terminals turn into a link. */
function problemLines({ file, line, column, path, message }: Problem, options: TextOptions): string[] {
  const place = [file, line, column].filter((part) => part !== undefined).join(':')
  const text = [paint(shown(place, options), 'strong', options), shown(path, options), shown(message, options)]
  const [first = '', ...rest] = wrapped(text.filter((part) => part !== '').join('  '), { columns: options.columns - 4 })
  return [`  ${first}`, ...rest.map((each) => `    ${each}`)]
}
