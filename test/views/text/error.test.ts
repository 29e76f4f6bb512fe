import { expect, test } from 'vitest'
import { EdgeLabError } from '../../../src/errors.ts'
import { renderError } from '../../../src/views/text/error.ts'

const options = { columns: 100, color: false, unicode: true }

test('bad input: every mistake with its place, then what to do', () => {
  const error = new EdgeLabError(
    'badInput',
    { count: '2 mistakes', file: 'my.yaml' },
    {
      problems: [
        { file: 'my.yaml', line: 12, column: 5, path: 'policy.cache.0.ttl', message: '“5 parsecs” is not a duration' },
        { file: 'my.yaml', path: '', message: 'no traffic' },
      ],
    },
  )
  expect(renderError(error, options)).toBe(
    [
      'error: The input has mistakes',
      '2 mistakes in my.yaml; nothing was started.',
      '  my.yaml:12:5  policy.cache.0.ttl  “5 parsecs” is not a duration',
      '  my.yaml  no traffic',
      'Correct the lines above and run the command again.',
      '',
    ].join('\n'),
  )
})

test('a failed start: the log is indented and cannot steer the terminal', () => {
  const logTail = 'nginx: [emerg] unknown directive\n\u001b[2Jgone'
  const text = renderError(new EdgeLabError('startFailed', { name: 'nginx', why: 'exit code 1' }, { logTail }), options)
  expect(text).toContain('\n    nginx: [emerg] unknown directive\n    \\x1b[2Jgone\n')
  expect(text).not.toContain('\u001b')
})

test('colour only where it is allowed', () => {
  expect(renderError(new EdgeLabError('interrupted'), { ...options, color: true })).toContain('\u001b[31merror:')
})
