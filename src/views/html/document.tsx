/** The file around a page: nothing is loaded, everything is readable without a script. */
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { clientScript } from './client-script.ts'
import { chartLibrary, packed } from './embedded.ts'
import { stylesheet } from './stylesheet.ts'

/** Forbids everything that a captured body could want if it ever got out of its text: requests, frames, forms, plug-ins. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** `data` is what the page's “save” button gives. Throws where chart.js is damaged. */
export async function renderDocument(page: {
  readonly title: string
  readonly body: ReactNode
  readonly data: unknown
  /** Whether there are charts for the script to draw. */
  readonly charts: boolean
  /** Rules beside those of every page. */
  readonly style?: string
}): Promise<string> {
  const library = page.charts ? await chartLibrary() : ''
  const body = withPlainQuotes(renderToStaticMarkup(page.body))
  const scripts = renderToStaticMarkup(
    <>
      <Raw element="script" type="application/gzip" id="record" text={packed(page.data)} />
      {library === '' ? null : <Raw element="script" text={library} />}
      <Raw element="script" text={clientScript} />
    </>,
  )
  const markup = renderToStaticMarkup(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{page.title}</title>
        <Raw element="style" text={stylesheet + (page.style ?? '')} />
      </head>
      <body dangerouslySetInnerHTML={{ __html: body + scripts }} />
    </html>,
  )
  return `<!doctype html>\n${markup}\n`
}

/**
 * Quotes need no escape in text, only in attributes, which lie within tags; of configurations and captured JSON they are a
 * good part. React escapes `<` and `>` in both, so that whatever stands between a tag’s end and the next one is text.
 */
function withPlainQuotes(markup: string): string {
  return markup.replaceAll(/>[^<]+</g, (text) => text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'"))
}

/** Our own text or escaped JSON as the content of an element that knows no entities; never anything captured. */
function Raw({
  element: Element,
  text,
  ...attributes
}: {
  element: 'style' | 'script'
  text: string
  type?: string
  id?: string
}) {
  return <Element {...attributes} dangerouslySetInnerHTML={{ __html: text }} />
}
