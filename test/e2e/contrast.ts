/** Text against its background, after WCAG 2.2 §1.4.3: what a reader with weak sight can tell apart. */
import type { Page } from 'playwright-core'

/** Visible text of less than 4.5:1 (3:1 where it is large): element, text and ratio. */
export function lowContrast(page: Page): Promise<string[]> {
  return page.evaluate(inPage)
}

/** Text, because it runs in the browser, whose types this project does not have. */
const inPage = String.raw`
(() => {
  const channels = (color) => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color) => {
    const [r, g, b] = channels(color).map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const background = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = getComputedStyle(each).backgroundColor
      if (channels(color)[3] !== 0) return color
    }
    return 'rgb(255, 255, 255)'
  }
  const low = []
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent).join('').trim()
    if (text === '' || element.tagName === 'SCRIPT' || !element.checkVisibility()) continue
    const style = getComputedStyle(element)
    const size = Number.parseFloat(style.fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
    const [high, less] = [luminance(style.color), luminance(background(element))].sort((a, b) => b - a)
    const ratio = (high + 0.05) / (less + 0.05)
    if (ratio < (large ? 3 : 4.5)) low.push(element.tagName + ' “' + text.slice(0, 30) + '” ' + ratio.toFixed(2))
  }
  return low
})()
`
