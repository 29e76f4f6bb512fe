/** The transform by njs: filters of an inner server, whose answers the cache of the outer one keeps. */
import { block, comment, directive } from '../emit/nginx-conf.ts'
import { transformAdds } from '../nginx-core/cells/transform/inner-servers.ts'
import type { NjsCell } from './adds.ts'
import { compactJs } from './assets/compact.js.ts'
import { jsonJs } from './assets/json.js.ts'
import { largestMegabytes, transformJs } from './assets/transform.js.ts'
import { xmlJs } from './assets/xml.js.ts'

export const transform: NjsCell<'transform'> = {
  support: {
    level: 'script',
    how: `Two filters in JavaScript read the origin’s JSON as text, when all of it is there, and write XML or compact JSON of it. njs interprets and frees no memory before a request ends: it takes many times what Lua takes, about half a second for a megabyte, and the worker serves nobody else meanwhile. So documents above ${largestMegabytes} MB are refused.`,
    docs: 'https://nginx.org/en/docs/http/ngx_http_js_module.html#js_body_filter',
  },
  adds: {
    ...transformAdds((proxied, upstream) => [
      directive('js_import', 'transform', 'from', 'edge/transform.js'),
      block(
        'location',
        ['/'],
        [
          comment('A filter needs no subrequest: njs’s own has ended workers whose client went away (0.9.5 to 0.9.9).'),
          directive('js_header_filter', 'transform.header'),
          directive('js_body_filter', 'transform.body', 'buffer_type=buffer'),
          comment('Large answers stay in memory: they become one text.'),
          directive('proxy_buffers', '64', '16k'),
          ...proxied,
          directive('proxy_pass', `http://${upstream}`),
        ],
      ),
    ]),
    modules: { json: jsonJs, compact: compactJs, xml: xmlJs, transform: transformJs },
    mustHold: [
      'transform.header',
      'transform.body',
      ...['xml', 'compact'].map((name) => `${name}.fromJson(Buffer.from('{"a":[1]}'))`),
    ],
  },
  fidelity: ({ representations }) => {
    const files = [...new Set(representations.map(({ as }) => (as === 'xml' ? 'edge/xml.js' : 'edge/compact.js')))]
    const xml = representations.some(({ as }) => as === 'xml')
    return {
      level: 'exact',
      how: [
        `map $http_accept chooses; js_header_filter and js_body_filter of an inner server (edge/transform.js with ${files.join(' and ')}) make the other of the text, without reading it into values.`,
        `Broken JSON becomes 502, and so does a document above ${largestMegabytes} MB or nested deeper than 512.`,
        xml ? 'Characters that XML does not have (control characters) become U+FFFD.' : '',
      ]
        .filter(Boolean)
        .join(' '),
    }
  },
}
