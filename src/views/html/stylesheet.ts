/** The look of the report: dense tables, quiet colours, AA contrast on both papers, and a sheet for print. */
import { palette } from './chart/chart-config.ts'

/** Each colour by its place, for what is drawn without a script. */
const hues = (colors: readonly string[]): string => colors.map((color, at) => `--hue-${at}: ${color};`).join(' ')

const light = `
  --paper: #ffffff; --raised: #f5f6f8; --text: #1b1f24; --muted: #56606b; --rule: #d4d9df; --link: #0b5cad;
  --good: #0a6b3d; --bad: #b3261e; --caution: #7a4d00; --series: ${palette.light.join(' ')}; ${hues(palette.light)} color-scheme: light;`
const dark = `
  --paper: #14171a; --raised: #1d2126; --text: #e5e8eb; --muted: #a5aeb8; --rule: #363d45; --link: #82baff;
  --good: #63d297; --bad: #ff9a8f; --caution: #f0c069; --series: ${palette.dark.join(' ')}; ${hues(palette.dark)} color-scheme: dark;`

/** Colours by name, as the system prefers them until `data-theme` of the root says otherwise. */
export const themes = `
:root {${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) {${dark} } }
:root[data-theme=dark] {${dark} }
`

export const stylesheet = `${themes}* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif; }
header, main, footer { max-width: 74rem; margin: 0 auto; padding: 0 1.5rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: baseline; padding-top: .75rem;
  padding-bottom: .75rem; border-bottom: 1px solid var(--rule); }
header p { margin: 0; }
nav { display: flex; flex-wrap: wrap; gap: .1rem 1rem; flex: 1; font-size: .875rem; }
a { color: var(--link); text-underline-offset: .15em; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.skip { position: absolute; left: -100vw; background: var(--paper); padding: .5rem 1rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 1; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.25rem; font-weight: 600; color: var(--muted); margin: 1.75rem 0 .75rem; }
h2 { font-size: 1.375rem; margin: 0 0 .5rem; }
h2.minor { font-size: 1rem; margin: 1.5rem 0 .25rem; }
h3 { font-size: 1.0625rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1rem; margin: 0 0 .25rem; }
p, ul, dl { margin: .5rem 0; max-width: 46rem; }
ul { padding-left: 1.25rem; }
.lead { font-size: 1.625rem; line-height: 1.3; font-weight: 600; margin: 0 0 1rem; max-width: 52rem; text-wrap: pretty; }
.worth { margin: .75rem 0 .5rem; padding: .5rem .75rem; border: 1px solid var(--muted); max-width: 60rem; }
.worth.warning { border-color: var(--caution); border-left-width: 4px; }
.worth.warning strong { color: var(--caution); }
.verdict { font-size: 1.125rem; font-weight: 600; }
.question, .muted { color: var(--muted); }
.small { font-size: .875rem; color: var(--muted); max-width: 60rem; }
.good { color: var(--good); } .bad { color: var(--bad); }
main > section { padding: 1.75rem 0; border-top: 1px solid var(--rule); }
main > section:first-child { border-top: 0; padding-top: 0; }
.scroll { overflow-x: auto; margin: 1.25rem 0; }
table { border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .35rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: .3rem .9rem .3rem 0; text-align: left; vertical-align: top; font-weight: 400; }
td { overflow-wrap: break-word; }
th:last-child, td:last-child { padding-right: 0; }
thead th { max-width: 12rem; font-weight: 600; font-size: .8125rem; color: var(--muted); vertical-align: bottom;
  border-bottom: 1px solid var(--muted); }
tbody tr { border-bottom: 1px solid var(--rule); }
tbody th { font-weight: 600; }
th.right, td.right { text-align: right; padding-left: .9rem; }
td.right { white-space: nowrap; }
figure { margin: 1.5rem 0; }
figcaption { display: flex; flex-direction: column; gap: .1rem; margin-bottom: .5rem; max-width: 46rem; }
.plot { max-width: 60rem; }
.plot canvas { max-width: 100%; }
.plot.drawn { position: relative; height: 24rem; }
.plot.drawn > img, .plot.drawn > p { display: none; }
.plot img { display: block; max-width: 100%; height: auto; background: #fff; border-radius: 4px; }
pre { margin: .5rem 0; padding: .75rem 1rem; background: var(--raised); border-radius: 4px; overflow-x: auto;
  font-size: .8125rem; line-height: 1.45; max-height: 40rem; }
code, pre { font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace; }
code { font-size: .9em; overflow-wrap: anywhere; }
pre code { font-size: 1em; overflow-wrap: normal; }
pre code.headers { color: var(--muted); }
.intervals { max-width: 60rem; overflow-x: auto; }
.intervals svg { display: block; width: 100%; min-width: 44rem; height: auto; font-size: 13.5px; font-variant-numeric: tabular-nums; }
.intervals text { fill: var(--text); }
.intervals text.words { fill: var(--muted); font-size: 12.5px; }
.intervals text.claimed { font-weight: 600; }
.intervals .floor { fill: var(--rule); opacity: .55; }
.intervals .tick { stroke: var(--rule); }
.intervals .one { stroke: var(--text); stroke-width: 1.25; }
.intervals .whisker { stroke: currentColor; stroke-width: 2; fill: none; }
.intervals .dot { fill: currentColor; stroke: currentColor; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.intervals .hollow .dot { fill: var(--paper); }
.answers { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); gap: 1rem; }
.answer { border-top: 2px solid var(--rule); padding-top: .5rem; min-width: 0; }
.answer pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.status { font-weight: 400; color: var(--muted); }
.note { border-left: 3px solid var(--rule); padding: .1rem 0 .1rem .9rem; }
.note.warning { border-color: var(--caution); }
.note.warning strong { color: var(--caution); }
details { margin: .35rem 0; }
summary { cursor: pointer; padding: .2rem 0; width: fit-content; }
figure summary, .probe summary { font-size: .875rem; color: var(--muted); }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 0 2rem; }
.beside > details { min-width: 0; }
.probe { border-top: 1px solid var(--rule); padding: .35rem 0; margin-left: 1.1rem; font-size: .9375rem; }
.probe p { margin: .15rem 0; max-width: none; }
dl > div { display: flex; gap: .75rem; }
dt { flex: 0 0 5.5rem; color: var(--muted); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.facts { max-width: 60rem; }
.asked > div { display: block; margin: .75rem 0; }
.asked dt { color: var(--text); font-weight: 600; }
.asked dd p { margin: .15rem 0; }
blockquote { margin: .25rem 0; padding-left: .9rem; border-left: 3px solid var(--rule); white-space: pre-wrap; }
.outcome { font-weight: 600; }
button { font: inherit; font-size: .875rem; color: var(--text); background: var(--raised); border: 1px solid var(--muted);
  border-radius: 4px; padding: .25rem .75rem; cursor: pointer; }
footer { padding-top: 1rem; padding-bottom: 2rem; border-top: 1px solid var(--rule); }
@media (max-width: 40rem) {
  header, main, footer { padding-left: 1rem; padding-right: 1rem; }
  nav { flex: 1 0 100%; order: 1; flex-wrap: nowrap; overflow-x: auto; white-space: nowrap; padding-bottom: .3rem; }
  header p { flex: 1; }
  .lead { font-size: 1.3125rem; }
  .plot.drawn { height: 20rem; }
}
@media print {
  :root, :root[data-theme=dark], :root:not([data-theme=light]) {${light} }
  body { font-size: 10pt; }
  header nav, button, .skip { display: none; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .plot.drawn { height: auto; }
  .plot.drawn > img { display: block; }
  .plot.drawn > canvas { display: none !important; }
  .scroll, pre { overflow: visible; max-height: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
  thead { display: table-header-group; }
  tr, figure > .plot, .answer h4 { break-inside: avoid; }
  h2, h3, figcaption { break-after: avoid; }
}
`
