import type { ReactNode } from 'react'

/** Names and what they stand for: under what circumstances something came about. */
export function Facts({ facts }: { readonly facts: readonly (readonly [name: string, value: string])[] }): ReactNode {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={`${name} ${value}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
