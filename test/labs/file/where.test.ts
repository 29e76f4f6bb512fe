import { expect, test } from 'vitest'
import { blockNames, shownWhere } from '../../../src/labs/file/where.ts'

const nginx = (role: string): string | undefined => (role === 'proxy' ? 'nginx' : undefined)

test.each([
  ['a line of its own goes with it', 'A\n\n{{where proxy is nginx}}\n- one\n{{end}}\n- two\n', 'A\n\n- one\n- two\n'],
  ['where it is not shown, too', 'A\n\n{{where proxy is caddy}}\n- one\n{{end}}\n- two\n', 'A\n\n- two\n'],
  ['one of several systems', '{{where proxy is caddy, nginx}}yes{{end}}', 'yes'],
  ['the other part', 'It {{where proxy is caddy}}is{{otherwise}}is not{{end}}.', 'It is not.'],
  ['spaces inside do not count', 'It {{where proxy is nginx}} is {{otherwise}} is not {{end}}.', 'It is.'],
  ['of two spaces one stays', 'All {{where proxy is caddy}}of it{{end}} here.', 'All here.'],
  ['a role that nobody plays', '{{where gateway is nginx}}yes{{otherwise}}no{{end}}', 'no'],
  ['fences inside', '{{where proxy is nginx}}\n```\na {{x}}\n```\n{{end}}\nB', '```\na {{x}}\n```\nB'],
  ['what is no mark stays', '{{proxy}} {{fact a.b}} {{end}}', '{{proxy}} {{fact a.b}} {{end}}'],
])('%s', (_, text, shown) => {
  expect(shownWhere(text, nginx)).toBe(shown)
})

test('what is wrong with marks is said, with where it stands', () => {
  const wrong = (text: string): unknown => blockNames(text).wrong.map(({ at, message }) => [at, message])
  expect(wrong('{{where proxy is nginx}}A{{otherwise}}B{{end}}')).toEqual([])
  expect(wrong('A {{end}}')).toEqual([[1, '{{end}} belongs to no {{where …}}']])
  expect(wrong('{{where proxy}}A{{end}}')).toEqual([[0, 'write {{where <role> is <system>, <system>}}']])
  expect(wrong('{{where a is b}}A')).toEqual([[0, '{{where …}} has no {{end}}']])
  expect(wrong('{{where a is b}}{{where a is c}}{{end}}')).toEqual([
    [16, '{{where …}} begins before the one above it has its {{end}}'],
  ])
  expect(wrong('{{where a is b}}{{otherwise}}{{otherwise}}{{end}}')).toEqual([
    [29, '{{otherwise}} stands twice in one block'],
  ])
})
