import type { Support } from '../system.ts'

const docs = 'https://www.rfc-editor.org/rfc/rfc9110#section-3.7'

export const support: Support = {
  routes: { level: 'none', how: 'Nobody stands in between: the client itself must know which origin has what.', docs },
  balancing: { level: 'none', how: 'The client knows one instance and asks that one.', docs },
  cache: { level: 'none', how: 'Every request reaches the origin.', docs },
  apiKey: { level: 'none', how: 'Nobody asks for a key before the origin is reached.', docs },
  rateLimit: { level: 'none', how: 'The origin takes what comes.', docs },
  transform: { level: 'none', how: 'The client gets what the origin writes.', docs },
}
