/** The projector page's script and style, as text. Nothing is smaller than 32 pixels: it is read from the back row. */
import { themes } from '../stylesheet.ts'
import { histogramStyle } from './histogram.tsx'

/** Puts each change in its place, and keeps asking where the host was restarted. `d` is the other theme. */
export const projectorScript = `
(() => {
  'use strict'
  const root = document.documentElement
  const content = document.getElementById('content')
  const connection = document.getElementById('connection')
  const isDark = () =>
    (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'
  addEventListener('keydown', ({ key, ctrlKey, altKey, metaKey }) => {
    if (key.toLowerCase() === 'd' && !ctrlKey && !altKey && !metaKey) root.dataset.theme = isDark() ? 'light' : 'dark'
  })
  function listen() {
    const changes = new EventSource('changes')
    changes.onopen = () => { connection.hidden = true }
    changes.onmessage = ({ data }) => {
      const { title, html } = JSON.parse(data)
      document.title = title
      // Markup that the host made, every text in it escaped; what it is made of is never read here.
      content.innerHTML = html
    }
    changes.onerror = () => {
      connection.hidden = false
      // A refused connection is tried again by the browser itself, an answer that is no stream is not.
      if (changes.readyState === EventSource.CLOSED) setTimeout(listen, 1000)
    }
  }
  listen()
})()
`

export const projectorStyle = `${themes}
* { box-sizing: border-box; }
html { font-size: max(32px, min(2.5vw, 4vh)); }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 1rem/1.25 system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif; }
#content { min-height: 100vh; display: flex; flex-direction: column; padding: .5rem 1rem; gap: .5rem; }
p, h1 { margin: 0; }
code { font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace;
  overflow-wrap: anywhere; }
header { display: flex; flex-wrap: wrap; gap: 0 1rem; border-bottom: 2px solid var(--rule); padding-bottom: .25rem; }
main { flex: 1; display: flex; flex-direction: column; }
.joining { margin: auto 0; display: flex; flex-direction: column; gap: .5rem; }
.joining h1 { font-size: 1.6rem; line-height: 1.15; }
.large { font-size: 1.2rem; font-weight: 600; }
code.large { font-size: 1.6rem; }
.count { font-weight: 600; }
.muted { color: var(--muted); }
.good { color: var(--good); }
.question { display: flex; flex-direction: column; gap: .4rem; }
.question h1 { font-size: 1.15rem; line-height: 1.2; text-wrap: pretty; }
.message { border-left: .3rem solid var(--caution); padding-left: .6rem; font-weight: 600; overflow-wrap: anywhere; }
.ends { color: var(--muted); }
#connection { position: fixed; inset: auto 0 0 0; padding: .3rem 1rem; background: var(--text); color: var(--paper); }
[hidden] { display: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
${histogramStyle}
`
