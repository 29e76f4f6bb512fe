import type { EdgeCell } from '../node-core/adds.ts'

export const transform: EdgeCell<'transform'> = {
  support: {
    level: 'script',
    how: 'A layer below the cache collects the whole document and rewrites it: JSON.parse with each number’s own text, fast-xml-parser’s builder for XML, white space cut away for compact JSON. The cache keeps the result.',
    docs: 'https://github.com/NaturalIntelligence/fast-xml-parser',
  },
  adds: {
    filter: 'transform',
    file: ({ transform }) => ({ transforms: transform.map(({ representations }) => representations) }),
    location: ({ transform }, policy) => (transform ? { transform: policy.transform.indexOf(transform) } : {}),
  },
  fidelity: () => ({ level: 'exact', how: 'transform.ts below the cache, which keeps the result' }),
  sources: ['representations', 'transform', 'write'].map((name) => `node-gateway/program/${name}.ts`),
}
