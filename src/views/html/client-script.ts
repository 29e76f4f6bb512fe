/**
 * The page's own script, as text: it adds to a page that is complete without it. Text and not a function, because a compiler
 * may put calls into a function that a browser does not have. It fetches nothing and needs nothing but Chart.js before it.
 */
export const clientScript = String.raw`
(() => {
  'use strict'
  const root = document.documentElement
  const style = (name) => getComputedStyle(root).getPropertyValue(name).trim()
  const dark = () => (root.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'

  // Charts: a canvas in the place of each picture, in the colours of the theme.
  const charts = []
  function paint(chart) {
    const text = style('--text'), rule = style('--rule'), paper = style('--paper')
    const colors = style('--series').split(' ')
    chart.options.color = text
    for (const scale of Object.values(chart.options.scales)) {
      scale.grid = { ...scale.grid, color: rule }
      scale.border = { color: rule }
      scale.ticks = { ...scale.ticks, color: text }
      scale.title = { ...scale.title, color: text }
    }
    for (const set of chart.data.datasets) {
      const own = Array.isArray(set.hue) ? set.hue.map((hue) => colors[hue]) : colors[set.hue]
      const color = set.pointStyle === 'line' ? text : own
      set.backgroundColor = color
      set.borderColor = color
    }
    chart.options.plugins.tooltip = { backgroundColor: text, titleColor: paper, bodyColor: paper, usePointStyle: true }
  }
  function draw(plot) {
    const config = JSON.parse(plot.querySelector('script').textContent)
    config.options.responsive = true
    config.options.maintainAspectRatio = false
    config.options.font = { family: getComputedStyle(document.body).fontFamily, size: 12 }
    config.options.plugins.tooltip = {}
    const canvas = document.createElement('canvas')
    plot.append(canvas)
    paint(config)
    charts.push(new Chart(canvas, config))
    plot.classList.add('drawn')
  }
  for (const plot of document.querySelectorAll('.plot')) draw(plot)
  function repaint() {
    for (const chart of charts) {
      paint(chart.config)
      chart.update('none')
    }
  }

  // Theme: what the system prefers, until the switch says otherwise.
  const button = document.getElementById('theme')
  function label() {
    button.textContent = dark() ? 'Light theme' : 'Dark theme'
  }
  button.hidden = false
  button.addEventListener('click', () => {
    root.dataset.theme = dark() ? 'light' : 'dark'
    label()
    repaint()
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { label(); repaint() })
  label()

  // The data, as a file.
  const save = document.getElementById('save')
  save.hidden = false
  save.addEventListener('click', async () => {
    const packed = Uint8Array.from(atob(document.getElementById('record').textContent), (each) => each.charCodeAt(0))
    const text = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
    const url = URL.createObjectURL(new Blob([JSON.stringify(JSON.parse(text), null, 2) + '\n'], { type: 'application/json' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: save.dataset.file })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 1000)
  })

  // A link into something folded unfolds it; print unfolds everything.
  function unfold() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)))
    for (let each = target; each; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true
    if (target) target.scrollIntoView()
  }
  addEventListener('hashchange', unfold)
  unfold()
  let opened = []
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')]
    for (const each of opened) each.open = true
  })
  addEventListener('afterprint', () => {
    for (const each of opened) each.open = false
  })
})()
`
