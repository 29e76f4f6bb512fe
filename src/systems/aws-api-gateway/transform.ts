import type { Representation } from '../../policy/features/transform/line.ts'
import type { ApiCell } from './definition/adds.ts'
import { whyNoResource } from './definition/resources.ts'
import { compactJsonTemplate } from './definition/templates/compact-json.ts'
import { xmlTemplate } from './definition/templates/xml.ts'

const json = 'application/json'
const templates: Readonly<Record<Representation['as'], string>> = {
  xml: xmlTemplate,
  'compact-json': compactJsonTemplate,
}

export const transform: ApiCell<'transform'> = {
  support: {
    level: 'script',
    how: 'Mapping templates in Velocity, one for each media type that Accept may name. $input.path gives objects, but makes doubles of their numbers; so the templates rewrite the text by regular expressions, which Java’s strings have. A template takes a method out of the proxy integration: every header, status and query parameter that is to go on must be mapped. The answer must be whole first, 10 MB at most. HTTP APIs have no templates.',
    docs: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings.html',
  },
  adds: {
    mappedGet: ({ transform }) =>
      transform && {
        keyHeaders: ['Accept'],
        // The origin has JSON alone.
        requestParameters: { 'integration.request.header.Accept': `'${json}'` },
        responseHeaders: { Vary: "'Accept'" },
        responseTemplates: {
          ...Object.fromEntries(
            transform.representations.map(({ accept, as }) => [accept.toLowerCase(), templates[as]]),
          ),
          // Which template is taken where Accept names none of them: this one, and not the first.
          ...(transform.representations.some(({ accept }) => accept.toLowerCase() === json)
            ? {}
            : { [json]: '$input.body' }),
        },
      },
  },
  cannot: ({ path }) => whyNoResource(path),
  fidelity: () => ({
    level: 'approximated',
    how: 'responseTemplates of GET, chosen by Accept; other methods are handed on as they are. A character that XML does not have becomes U+FFFD, and so does one that JSON writes as a pair of \\u escapes. Objects may be 20 deep. Conditional requests are not handed on.',
  }),
}
