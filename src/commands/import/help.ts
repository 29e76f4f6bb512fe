/** What edgelab import --help adds. */

const kept = `
The scenario keeps routes, methods, statuses, sizes, times and rates. Paths lose whatever is not a word (numbers, UUIDs,
hashes, dates, addresses, what follows /users/ and the like) and queries lose their values; no header, cookie, token,
address or body is kept. Still, look at the file before you share it: a word may be a name.`

export const harHelp = `${kept}

Examples:
  edgelab import har shop.har                     writes shop.yaml, which edgelab run takes as it is
  edgelab import har shop.har --host api.shop.example --host shop.example --out load.yaml`

export const accessLogHelp = `${kept}

If a log covers more than ten minutes, rates come from its busiest ten; routes and weights come from all of it.

A line of each format:
  nginx    10.0.0.1 - - [10/Oct/2026:13:55:36 +0200] "GET /a HTTP/1.1" 200 512 "-" "curl/8.14.1" 0.012
  apache   shop.example:443 10.0.0.1 - - [10/Oct/2026:13:55:36 +0200] "GET /a HTTP/1.1" 200 512 "-" "curl/8.14.1" 12000
  haproxy  10.0.0.1:3 [10/Oct/2026:13:55:36.655] web app/s1 0/0/1/9/10 200 512 - - ---- 1/1/0/0/0 0/0 "GET /a HTTP/1.1"
  envoy    [2026-10-10T13:55:36.655Z] "GET /a HTTP/2" 200 - 0 512 10 9 "-" "curl/8.14.1" "id" "shop.example" "10.0.0.9:80"
  aws      API Gateway’s as CLF, JSON, XML or CSV; an Application Load Balancer’s
  json     one object a line: NGINX’s, Caddy’s, Traefik’s, Envoy’s, Google Cloud’s, or others with --field

Examples:
  edgelab import access-log access.log.gz
  edgelab import access-log access.log --speed 2 --out twice.yaml
  edgelab import access-log app.jsonl --field time=when --field target=resource`
