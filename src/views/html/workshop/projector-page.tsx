/** The page for the room's projector: drawn here once and again with every change, so that the browser only puts it in place. */
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Hatching, Histogram, type HistogramProps } from './histogram.tsx'
import type { ProjectedQuestion, ProjectorModel } from './projector-model.ts'

/** Names of the page's own script and style, beside it. */
export const projectorAssets = { script: 'page.js', style: 'page.css' } as const

/** A whole document, complete without its script. Nothing in it is asked of anybody but the host. */
export function projectorPage(model: ProjectorModel): string {
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{model.title}</title>
        {/* Otherwise browsers ask for /favicon.ico. */}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={projectorAssets.style} />
      </head>
      <body>
        <Hatching />
        <div id="content">
          <Content model={model} />
        </div>
        <p id="connection" role="status" hidden>
          The host does not answer; this page goes on by itself when it does.
        </p>
        <script src={projectorAssets.script} />
      </body>
    </html>,
  )
  return `<!doctype html>\n${markup}\n`
}

/** What the page puts into #content when something changed. */
export function projectorContent(model: ProjectorModel): string {
  return renderToStaticMarkup(<Content model={model} />)
}

function Content({ model }: { readonly model: ProjectorModel }): ReactNode {
  const { question, message, isOver } = model
  return (
    <>
      {question && !isOver ? <JoinStrip model={model} /> : null}
      <main>{isOver ? <Over model={model} /> : question ? <Question {...question} /> : <Joining model={model} />}</main>
      {message === '' || isOver ? null : <p className="message">{message}</p>}
      <Ends endsAt={isOver ? null : model.endsAt} />
    </>
  )
}

function Joining({ model }: { readonly model: ProjectorModel }): ReactNode {
  const { title, joinCommands, passcode, people, connected } = model
  // A machine with containers has many addresses; the facilitator’s screen lists them all.
  const [first = '', ...others] = joinCommands
  return (
    <section className="joining">
      <h1>{title}</h1>
      <p>Join from your own machine:</p>
      <p className="large">
        <code>{first}</code>
      </p>
      <p>
        Passcode <code className="large">{passcode}</code>
      </p>
      {others.length === 0 ? null : (
        <>
          <p className="muted">Where that cannot be reached:</p>
          {others.slice(0, 2).map((command) => (
            <p key={command}>
              <code>{command}</code>
            </p>
          ))}
        </>
      )}
      <p className="count">{peopleWords(people, connected)}</p>
    </section>
  )
}

function JoinStrip({ model }: { readonly model: ProjectorModel }): ReactNode {
  return (
    <header>
      <code>{model.joinCommands[0]}</code>
      <p>
        passcode <code>{model.passcode}</code> · {peopleWords(model.people, model.connected)}
      </p>
    </header>
  )
}

function Question({ where, stepType, ask, isRevealed, tally, teams }: ProjectedQuestion): ReactNode {
  const given = stepType === 'predict' ? 'predicted' : 'answered'
  const outcomes: HistogramProps['outcomes'] = isRevealed ? (stepType === 'quiz' ? 'marked' : 'bars') : 'hidden'
  const isUnknown = outcomes === 'bars' && tally.parts.every((part) => part.outcomes === 0)
  return (
    <section className="question">
      <p className="muted">{`${where} · ${tally.answered} of ${tally.of} have ${given}`}</p>
      <h1>{ask}</h1>
      {tally.parts[0]?.bins.length === 0 ? (
        <p>Nobody has {given} yet.</p>
      ) : (
        <Histogram caption={ask} parts={tally.parts} given={given} outcomes={outcomes} />
      )}
      {isUnknown ? <p>No run has shown yet how it comes out.</p> : null}
      {teams.length === 0 ? null : (
        <p>{`Right: ${teams.map(({ team, right, judged }) => `${team} ${right} of ${judged}`).join(' · ')}`}</p>
      )}
    </section>
  )
}

function Over({ model }: { readonly model: ProjectorModel }): ReactNode {
  return (
    <section className="joining">
      <h1>{model.title}</h1>
      <p className="large">The workshop has ended. Thank you!</p>
      <p>What you did stays on your machine: edgelab lab report</p>
    </section>
  )
}

/** By the clock of the projector’s machine, which is the host’s. */
function Ends({ endsAt }: { readonly endsAt: string | null }): ReactNode {
  if (endsAt === null) return null
  const time = new Date(endsAt)
  const two = (value: number): string => String(value).padStart(2, '0')
  return <p className="ends">{`until ${two(time.getHours())}:${two(time.getMinutes())}`}</p>
}

function peopleWords(people: number, connected: number): string {
  const here = connected === people ? `${people}` : `${connected} of ${people}`
  return `${here} ${people === 1 ? 'person' : 'people'} here`
}
