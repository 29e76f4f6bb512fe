/** How often each answer was given, and beside it how often the room's runs came out so: bars with their numbers. */
import type { ReactNode } from 'react'
import type { TallyPart } from '../../../workshop/summary/tally.ts'

export interface HistogramProps {
  /** What was asked; for screen readers, where the page says it already. */
  readonly caption: string
  readonly parts: readonly TallyPart[]
  /** `predicted`, `answered` */
  readonly given: string
  /** What came out is shown too: as bars, or by marking the right answer where everybody’s is the same. */
  readonly outcomes: 'hidden' | 'bars' | 'marked'
}

/** Without a role results stand in a column of their own; with several, below what was said about each role. */
export function Histogram({ caption, parts, given, outcomes }: HistogramProps): ReactNode {
  const [first] = parts
  if (!first) return null
  const withBars = outcomes === 'bars'
  const most = Math.max(1, ...parts.flatMap(({ bins }) => bins.flatMap((bin) => [bin.answers, bin.outcomes])))
  const isOne = parts.length === 1
  return (
    <table className={parts.length > 2 ? 'histogram many' : 'histogram'}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <td>{withBars && !isOne ? <BarLegend given={given} /> : null}</td>
          {isOne ? (
            <>
              <th scope="col">{`${given} (${first.answers})`}</th>
              {withBars ? <th scope="col">{`came out so (${first.outcomes})`}</th> : null}
            </>
          ) : (
            parts.map(({ key, subject, answers }) => (
              <th key={key} scope="col">
                {`${subject} (${answers})`}
              </th>
            ))
          )}
        </tr>
      </thead>
      <tbody>
        {first.bins.map(({ label }, row) => (
          <tr key={label}>
            <th scope="row">
              {label}
              {outcomes === 'marked' && first.bins[row]!.outcomes > 0 ? (
                <strong className="good"> ✓ right</strong>
              ) : null}
            </th>
            {parts.map(({ key, bins }) => {
              const bin = bins[row]!
              const said = <Bar kind="given" count={bin.answers} of={most} word={given} />
              const seen = withBars ? <Bar kind="seen" count={bin.outcomes} of={most} word="came out so" /> : null
              if (!isOne) {
                return (
                  <td key={key}>
                    {said}
                    {seen}
                  </td>
                )
              }
              return [<td key="given">{said}</td>, seen && <td key="seen">{seen}</td>]
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What the two kinds of bars mean, where columns do not say it. */
function BarLegend({ given }: { readonly given: string }): ReactNode {
  return (
    <>
      <div>
        <Swatch kind="given" /> {given}
      </div>
      <div>
        <Swatch kind="seen" /> came out so
      </div>
    </>
  )
}

/** The hatching by which what came out is told from what was said, without its colour. Once on a page. */
export function Hatching(): ReactNode {
  return (
    <svg className="hatching" width="0" height="0" aria-hidden="true">
      <defs>
        <pattern id="hatching" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect className="ground" width="8" height="8" />
          <rect className="stripe" width="4" height="8" />
        </pattern>
      </defs>
    </svg>
  )
}

type Kind = 'given' | 'seen'

/** Widths are attributes of the drawing: a policy that forbids inline styles does not forbid them. */
function Bar(bar: {
  readonly kind: Kind
  readonly count: number
  readonly of: number
  readonly word: string
}): ReactNode {
  const { kind, count, of, word } = bar
  return (
    <div className={`bar ${kind}`}>
      <svg width="100%" height="100%" aria-hidden="true">
        <rect width={`${(100 * count) / of}%`} height="100%" />
      </svg>
      <span>
        {count}
        <span className="unseen">{` ${word}`}</span>
      </span>
    </div>
  )
}

function Swatch({ kind }: { readonly kind: Kind }): ReactNode {
  return (
    <span className={`swatch ${kind}`}>
      <svg width="100%" height="100%" aria-hidden="true">
        <rect width="100%" height="100%" />
      </svg>
    </span>
  )
}

export const histogramStyle = `
.histogram { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; table-layout: fixed; }
.histogram th, .histogram td { padding: .15em .6em .15em 0; text-align: left; vertical-align: middle; }
.histogram tbody th { font-weight: 500; overflow-wrap: anywhere; }
.histogram thead th { font-weight: 600; color: var(--muted); vertical-align: bottom; }
.histogram thead td { vertical-align: bottom; }
.histogram tr > :first-child { width: 40%; }
.many tr > :first-child { width: 28%; }
.bar { display: flex; gap: .4em; align-items: center; }
.bar svg { flex: 1; height: .8em; display: block; background: var(--raised); }
.bar > span { flex: 0 0 2.5ch; }
.given rect { fill: var(--hue-0); }
.seen rect { fill: url(#hatching); }
.hatching { position: absolute; }
.hatching .ground { fill: var(--paper); }
.hatching .stripe { fill: var(--hue-1); }
.swatch { display: inline-block; width: 1.4em; height: .8em; }
.seen svg { outline: 2px solid var(--hue-1); outline-offset: -2px; }
.bar.seen svg { outline: none; }
`
