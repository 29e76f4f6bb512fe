/** A small lab to begin from: every kind of step that carries a lesson, and it passes the gate as it is. Pure. */

/** Texts by their paths below the lab's folder. `schema`: where the editor finds the schema, from that folder. */
export function newLabFiles(title: string, schema: string): Readonly<Record<string, string>> {
  return {
    'lab.yaml': labText(title, schema),
    'steps/start.md': startText,
    'files/shop.yaml': scenarioText('/product'),
    'solution/shop.yaml': scenarioText('/products'),
    'states/other-origin/shop.yaml': scenarioText('/orders'),
    'wrong/other-origin/shop.yaml': scenarioText('/orders'),
    'wrong/one-product/shop.yaml': scenarioText('/products/7'),
    'wrong/too-deep/shop.yaml': scenarioText('/products/7/reviews'),
    'also/everything/shop.yaml': scenarioText('/'),
  }
}

function labText(title: string, schema: string): string {
  return `# yaml-language-server: $schema=${schema}
formatVersion: 1
title: ${JSON.stringify(title)}
question: What does the origin see of a request that nobody routes?
summary: A route is missing. See what that looks like from both sides, then add it.
minutes: 5
objectives:
  - Tell an edge that refuses from an origin that does not know the path.

roles:
  proxy:
    title: the reverse proxy
    systems: [nginx, node-proxy]
  gateway:
    title: the gateway
    systems: [nginx-lua, node-gateway]

steps:
  - id: start
    type: read
    title: A shop
    text: steps/start.md

  - id: guess
    type: predict
    title: Who says no
    questions:
      - id: reached
        ask: Does the request reach the origin?
        roles: [proxy, gateway]
        options:
          - { id: reached, label: It does, when: { fact: "ask.{role}.origin.requests", is: ">=", than: 1 } }
          - { id: stopped, label: It stops at the edge, when: otherwise }

  - id: ask
    type: run
    title: One request through each
    scenario: shop.yaml
    through: [direct, proxy, gateway]
    requests:
      - { as: read, get: /products/7, client: web }
    show:
      - { answers: read }
      - counts

  - id: look
    type: observe
    title: What came back
    of: ask
    questions:
      - id: status
        ask: What did {{proxy}} answer?
        options:
          - { id: found, label: "200", when: { fact: ask.proxy.answers.read.0.status, is: "=", than: 200 } }
          - { id: missing, label: "404", when: { fact: ask.proxy.answers.read.0.status, is: "=", than: 404 } }
          - { id: other, label: Something else, when: otherwise }

  - id: why
    type: explain
    title: Why
    about: [guess]
    prompt: Who wrote the answer that the client got?
    outcomes:
      - when: { fact: ask.proxy.origin.requests, is: "=", than: 0 }
        say: The origin saw nothing of it through {{proxy}}.
    otherwise: Through {{proxy}} the origin saw {{fact ask.proxy.origin.requests}} of it.
    model: >-
      An edge forwards what its routes name, and nothing besides. What no route names it answers by itself.

  - id: fix
    type: task
    title: Add the route
    text: Let \`/products/7\` and every other product reach the catalogue, through {{proxy}} and through {{gateway}}.
    edit: [shop.yaml]
    scenario: shop.yaml
    roles: [proxy, gateway]
    checks:
      - id: proxy-answers
        describe: The reverse proxy answers with the product
        http: { role: proxy, send: { get: /products/7, client: web }, status: 200 }
      - id: gateway-answers
        describe: The gateway answers with the product
        http: { role: gateway, send: { get: /products/7, client: web }, status: 200 }
      - id: others-answered
        describe: Both answer with another product too
        all:
          - http: { role: proxy, send: { get: /products/12, client: web }, status: 200 }
          - http: { role: gateway, send: { get: /products/12, client: web }, status: 200 }
    hints:
      - when: { fact: file.shop.yaml, is: matches, than: 'path: /product,' }
        text: The route names \`/product\`. What does the client ask for?
      - when: { fact: file.shop.yaml, is: matches, than: 'path: /orders,' }
        text: That route is for other requests.
      - text: A route takes its own path and everything below it.
    states: [states/other-origin]
    wrong:
      - { files: wrong/other-origin, caught: [proxy-answers, gateway-answers] }
      - { files: wrong/one-product, caught: [others-answered] }
      - { files: wrong/too-deep, caught: [proxy-answers, gateway-answers] }
    also: [also/everything]

  - id: recall
    type: quiz
    title: Recall
    questions:
      - id: who
        ask: Which of the two knows what paths there are?
        options:
          - { id: edge, label: The edge, why: It knows its routes only. }
          - { id: origin, label: The origin, right: true, why: It answers them; the edge passes on what it was told to. }
`
}

function scenarioText(route: string): string {
  return `formatVersion: 1
id: shop
title: A shop
question: What does the origin see?
policy:
  routes:
    - { path: ${route}, origin: catalogue }
origins:
  catalogue:
    instances: 1
    routes:
      - { path: "/products/{id}", body: product }
clients:
  web: { accept: application/json }
traffic:
  # 404 until the route is right, 200 from then on.
  - phase: steady
    for: 1s
    rate: 50/s
    mix: [{ get: "/products/{1..20}", client: web, expect: [200, 404] }]
rounds: { quick: 1, full: 1 }
`
}

const startText = `A shop has one origin, and {{proxy}} and {{gateway}} stand before it. Both have the same policy.

Somebody asks for \`/products/7\`. The origin has it. The policy names a route, but not quite this one.
`
