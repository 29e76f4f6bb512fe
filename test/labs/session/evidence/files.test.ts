import { expect, test } from 'vitest'
import { blockFrom, fileBlocks } from '../../../../src/labs/session/evidence/files.ts'

const conf = `http {
  server {
    location /orders/ {
      if ($key = "") { return 401; }
      proxy_pass http://origin;
    }
    location / { return 404; }
  }
}
`
const yaml = `policy:
  routes:
    - /products -> shop
  cache:
    - /products for 10s

    - /prices for 1s
  limit: none
`

test.each([
  [conf, 'location /orders/', 'location /orders/ {\n  if ($key = "") { return 401; }\n  proxy_pass http://origin;\n}'],
  [conf, 'proxy_pass', 'proxy_pass http://origin;'],
  [conf, 'location / {', 'location / { return 404; }'],
  [yaml, 'cache:', 'cache:\n  - /products for 10s\n\n  - /prices for 1s'],
  [yaml, 'limit:', 'limit: none'],
  ['server {\n  never closed', 'server', 'server {\n  never closed'],
])('a block begins where it is named and ends with itself', (text, part, block) => {
  expect(blockFrom(text, part)).toBe(block)
})

test('of a file that was changed so far that the block is gone, all is shown', () => {
  expect(blockFrom(conf, 'upstream')).toBe(conf)
})

test('files of systems that do not play are left out, and one that is gone is said to be', () => {
  const facts = (path: string) => (path === 'file.nginx/nginx.conf' ? conf : undefined)
  const show = [{ file: 'nginx/nginx.conf', part: 'location / {' }, { file: 'node/edge.json' }, { file: 'shop.yaml' }]
  expect(fileBlocks(show, ['nginx/nginx.conf', 'shop.yaml'], facts)).toEqual([
    { kind: 'code', title: 'nginx/nginx.conf', language: 'conf', text: 'location / { return 404; }' },
    { kind: 'note', tone: 'warning', text: 'shop.yaml cannot be read.' },
  ])
})
