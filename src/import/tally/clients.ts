/**
 * Which kind of client a user agent is. What is kept is the kind alone, and a header that stands for all of it. Bots are
 * told by isbot, whose list follows what crawls the web; the rest by what every user agent of its kind has.
 */
import { isbot } from 'isbot'
import { copyOf } from '../recorded.ts'

export const clientKinds = ['browser', 'mobile-browser', 'mobile-app', 'bot', 'tool', 'unknown'] as const
export type ClientKind = (typeof clientKinds)[number]

/** What a client of each kind sends in a scenario. */
export const clientHeaders: Readonly<Record<ClientKind, { readonly accept: string; readonly userAgent?: string }>> = {
  browser: {
    accept: 'text/html,application/json;q=0.9,*/*;q=0.8',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  },
  'mobile-browser': {
    accept: 'text/html,application/json;q=0.9,*/*;q=0.8',
    userAgent:
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  },
  'mobile-app': { accept: 'application/json', userAgent: 'okhttp/4.12.0' },
  bot: { accept: '*/*', userAgent: 'Mozilla/5.0 (compatible; ExampleBot/1.0)' },
  tool: { accept: '*/*', userAgent: 'curl/8.14.1' },
  unknown: { accept: '*/*' },
}

/** Libraries with which apps on phones speak HTTP. */
const ofApps = /okhttp|CFNetwork|Alamofire|Dart\/|\bAndroid \d+;? ?\w*\) ?$|\((?:iPhone|iPad|iOS)[;\s]/i

/** Programs and libraries that people and services call servers with. */
const ofTools =
  /^(?:curl|wget|httpie|python|go-http-client|java|apache-httpclient|axios|node|undici|got|ruby|faraday|php|guzzle|postman|insomnia|k6|hey|wrk|ab|apachebench|vegeta|grpc|aws-sdk|libwww|lua-resty|reqwest|rust|okhttp-server|kube-probe|elb-healthchecker|googlehc|consul|prometheus|envoy|haproxy|nginx)\b/i

function kindOf(userAgent: string): ClientKind {
  if (userAgent === '') return 'unknown'
  if (ofTools.test(userAgent)) return 'tool'
  if (!userAgent.startsWith('Mozilla/'))
    return ofApps.test(userAgent) ? 'mobile-app' : isbot(userAgent) ? 'bot' : 'unknown'
  if (isbot(userAgent)) return 'bot'
  // The view of a web page within an app.
  if (/; wv\)/.test(userAgent)) return 'mobile-app'
  return /Mobi|Android|iPhone|iPad/.test(userAgent) ? 'mobile-browser' : 'browser'
}

const mostRemembered = 5000

/** As `kindOf`, quick for those that were seen before. `different`: how many there were, 5,000 at most told apart. */
export function newClientKinds(): { of(userAgent: string): ClientKind; readonly different: number } {
  const known = new Map<string, ClientKind>()
  return {
    of: (userAgent) => {
      const before = known.get(userAgent)
      if (before) return before
      const kind = kindOf(userAgent)
      if (known.size < mostRemembered) known.set(copyOf(userAgent), kind)
      return kind
    },
    get different() {
      return known.size
    },
  }
}
