/** The tabs on one line: the open one in brackets and inverse, as many of the others around it as fit. */
import { styleText } from 'node:util'
import stringWidth from 'string-width'
import type { Screen } from '../../../services.ts'
import { signsFor } from '../../widgets/theme.ts'
import { type Tab, type TabId, tabKey } from './tabs.ts'

const gap = ' '

export function tabBarLine(tabs: readonly Tab[], open: TabId, columns: number, screen: Screen): string {
  const texts = tabs.map(({ id, title }, at) => {
    const text = `${tabKey(at)} ${title}`.trimStart()
    return id === open ? `[${text}]` : ` ${text} `
  })
  const at = Math.max(
    0,
    tabs.findIndex(({ id }) => id === open),
  )
  const { ellipsis } = signsFor(screen)
  const widthOf = (from: number, to: number): number =>
    texts.slice(from, to).reduce((sum, text) => sum + stringWidth(text) + gap.length, -gap.length) +
    (from > 0 ? stringWidth(ellipsis) + gap.length : 0) +
    (to < texts.length ? stringWidth(ellipsis) + gap.length : 0)
  let [from, to] = [at, at + 1]
  for (let grew = true; grew; ) {
    grew = false
    if (to < texts.length && widthOf(from, to + 1) <= columns) {
      to += 1
      grew = true
    }
    if (from > 0 && widthOf(from - 1, to) <= columns) {
      from -= 1
      grew = true
    }
  }
  const shown = texts.slice(from, to).map((text, index) => {
    return from + index === at && screen.color ? styleText('inverse', text, { validateStream: false }) : text
  })
  return [...(from > 0 ? [ellipsis] : []), ...shown, ...(to < texts.length ? [ellipsis] : [])].join(gap).trimEnd()
}
