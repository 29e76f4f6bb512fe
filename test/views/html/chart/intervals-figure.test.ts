import { expect, test } from 'vitest'
import { renderHtml } from '../../../../src/views/html/render.tsx'
import { sampleModel } from '../../sample-model.ts'

test('intervals are a picture with words, figures and claims in it, and a table below; no script draws it', async () => {
  const html = await renderHtml(sampleModel)
  const [, picture = ''] = /<div class="intervals">(.*?)<\/div>/s.exec(html) ?? []
  expect(picture).toMatch(/<svg [^>]*role="img" aria-label="Median latency against direct access\. nginx answers/)
  expect(picture).toContain('<title>Median latency against direct access</title>')
  expect(picture).toContain('>0.026 (0.024–0.029)</text>')
  expect(picture).toContain('>no detectable difference</text>')
  expect(picture).not.toContain('<script')
  // direct, the first system of the record, is not in it: nginx is the second one here too.
  expect(picture).toContain('color:var(--hue-1)')
  expect(picture).not.toContain('color:var(--hue-0)')
})
